-- Times in which nothing may be changed; without a system it holds for all, without an environment for all of the system.
create table blackout (
    id              binary(16)   not null primary key,
    system_key      varchar(64),
    environment_key varchar(64),
    name            varchar(200) not null,
    starts_at       datetime(6)  not null,
    ends_at         datetime(6)  not null,
    zone            varchar(64)  not null,
    entered_by      varchar(64)  not null,
    lifted_by       varchar(64),
    lifted_at       datetime(6)
) ${tableOptions};
create index blackout_span on blackout (ends_at, starts_at);

-- A round of finding the time for one release; another time begins another round, and what was confirmed for the earlier one is void.
create table release_window (
    release_id   binary(16)    not null,
    round_number integer       not null,
    state        varchar(16)   not null,
    emergency    boolean       not null,
    starts_at    datetime(6),
    ends_at      datetime(6),
    proposed_by  varchar(64),
    reason       varchar(1000),
    finding      varchar(2000),
    broken       longtext      not null,
    lock_version integer       not null,
    primary key (release_id, round_number)
) ${tableOptions};

create table readiness_verdict (
    release_id    binary(16)    not null,
    round_number  integer       not null,
    function_name varchar(64)   not null,
    verdict       varchar(16)   not null,
    reason        varchar(2000) not null,
    person_id     varchar(64)   not null,
    given_at      datetime(6)   not null,
    primary key (release_id, round_number, function_name)
) ${tableOptions};

create table go_decision (
    release_id   binary(16)    not null,
    round_number integer       not null,
    decision     varchar(16)   not null,
    reason       varchar(2000) not null,
    person_id    varchar(64)   not null,
    decided_at   datetime(6)   not null,
    primary key (release_id, round_number)
) ${tableOptions};
