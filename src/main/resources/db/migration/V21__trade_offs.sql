-- A negotiation about what a release contains when not everything that must be in fits, or when somebody asks for one.
create table trade_off (
    release_id   binary(16)    not null,
    trade_number integer       not null,
    round_number integer       not null,
    cause        varchar(2000) not null,
    needed       longtext      not null,
    negotiation  integer       not null,
    escalated    boolean       not null,
    opened_by    varchar(64),
    opened_at    datetime(6)   not null,
    primary key (release_id, trade_number)
) ${tableOptions};

-- What was offered in a round of the negotiation, and whose answers it waits for.
create table trade_off_offer (
    release_id   binary(16)  not null,
    trade_number integer     not null,
    negotiation  integer     not null,
    options      longtext    not null,
    owners       longtext    not null,
    computed_at  datetime(6) not null,
    primary key (release_id, trade_number, negotiation)
) ${tableOptions};

create table trade_off_answer (
    release_id       binary(16)    not null,
    trade_number     integer       not null,
    negotiation      integer       not null,
    owner_id         varchar(64)   not null,
    person_id        varchar(64)   not null,
    answer           varchar(16)   not null,
    accepted         varchar(200)  not null,
    counter_capacity integer,
    counter_target   varchar(10),
    reason           varchar(2000) not null,
    answered_at      datetime(6)   not null,
    primary key (release_id, trade_number, negotiation, owner_id)
) ${tableOptions};

create table trade_off_decision (
    release_id   binary(16)    not null,
    trade_number integer       not null,
    ending       varchar(16)   not null,
    chosen       longtext,
    person_id    varchar(64),
    reason       varchar(2000) not null,
    decided_at   datetime(6)   not null,
    primary key (release_id, trade_number)
) ${tableOptions};
