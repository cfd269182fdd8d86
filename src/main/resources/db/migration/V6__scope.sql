-- A round of deciding what one release contains; content that changes begins a new one, and the earlier ones stay as they were.
create table scope_round (
    release_id     binary(16)  not null,
    round_number   integer     not null,
    state          varchar(16) not null,
    opened_at      datetime(6) not null,
    supplied_by    varchar(64),
    decided_by     varchar(64),
    decided_at     datetime(6),
    remark         varchar(2000),
    users_affected varchar(16),
    frozen_at      datetime(6),
    digest         varchar(64),
    release_class  varchar(16),
    class_table    integer,
    lock_version   integer     not null,
    primary key (release_id, round_number)
) ${tableOptions};

create table scope_item (
    id             binary(16)    not null primary key,
    release_id     binary(16)    not null,
    round_number   integer       not null,
    item_position  integer       not null,
    item_key       varchar(64)   not null,
    title          varchar(200)  not null,
    kind           varchar(16)   not null,
    item_value     integer       not null,
    effort         integer       not null,
    risk           integer       not null,
    breaking       boolean       not null,
    data_migration boolean       not null,
    depends_on     varchar(4000) not null,
    decision       varchar(16)   not null,
    reason         varchar(2100) not null,
    unique (release_id, round_number, item_key)
) ${tableOptions};
create index scope_item_order on scope_item (release_id, round_number, item_position);
create index scope_item_key on scope_item (item_key);

-- What a person has said to be finished; said once for a round, and never taken back.
create table exit_attestation (
    release_id   binary(16)    not null,
    round_number integer       not null,
    criterion    varchar(64)   not null,
    statement    varchar(500)  not null,
    evidence     varchar(2000) not null,
    person_id    varchar(64)   not null,
    attested_at  datetime(6)   not null,
    primary key (release_id, round_number, criterion)
) ${tableOptions};
