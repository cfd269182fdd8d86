-- What a release takes for granted of others, and which of its tasks wait when it turns out to be wrong.
create table assumption (
    release_id        binary(16)    not null,
    assumption_number integer       not null,
    statement         varchar(1000) not null,
    party             varchar(200)  not null,
    owner_id          varchar(64)   not null,
    impact            varchar(1000) not null,
    probe_url         varchar(1000),
    valid_until       datetime(6)   not null,
    depending_tasks   varchar(2000) not null,
    state             varchar(16)   not null,
    finding           varchar(2000) not null,
    checked_at        datetime(6),
    declared_by       varchar(64)   not null,
    declared_at       datetime(6)   not null,
    primary key (release_id, assumption_number)
) ${tableOptions};
create index assumption_state on assumption (release_id, state);

create table assumption_check (
    id                bigint        not null auto_increment primary key,
    release_id        binary(16)    not null,
    assumption_number integer       not null,
    state             varchar(16)   not null,
    finding           varchar(2000) not null,
    person_id         varchar(64),
    checked_at        datetime(6)   not null
) ${tableOptions};
create index assumption_check_of on assumption_check (release_id, assumption_number, id);
