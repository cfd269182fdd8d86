-- The embedded register of changes.
create table change_register (
    id              bigint        not null auto_increment primary key,
    idempotency_key varchar(128)  not null unique,
    subject         varchar(128)  not null,
    system_key      varchar(64)   not null,
    title           varchar(200)  not null,
    kind            varchar(16)   not null,
    requested_by    varchar(64)   not null,
    state           varchar(16)   not null,
    outcome         varchar(32),
    note            varchar(2000) not null,
    opened_at       datetime(6)   not null,
    closed_at       datetime(6)
) ${tableOptions};

-- Under which ticket a release touches production, whatever register keeps it.
create table change_ticket (
    release_id binary(16)   not null primary key,
    number     varchar(64)  not null unique,
    opened_at  datetime(6)  not null
) ${tableOptions};

create table risk_assessment (
    id              bigint        not null auto_increment primary key,
    release_id      binary(16)    not null,
    impact          integer,
    likelihood      integer,
    users_impact    integer,
    rollback_tested varchar(16),
    note            varchar(2000) not null,
    level           varchar(16)   not null,
    explanation     varchar(2000) not null,
    assessed_by     varchar(64)   not null,
    assessed_at     datetime(6)   not null
) ${tableOptions};
create index risk_assessment_release on risk_assessment (release_id, id);

-- One round of approvals over one content; nothing of it changes. Rounds follow each other by their number, not by time.
create table approval_round (
    id             binary(16)  not null primary key,
    release_id     binary(16)  not null,
    round_no       integer     not null,
    content_digest varchar(64) not null,
    release_class  varchar(16),
    risk_level     varchar(16) not null,
    migrates_data  boolean,
    decision_pin   varchar(64) not null,
    opened_at      datetime(6) not null,
    unique (release_id, round_no)
) ${tableOptions};

create table approval_requirement (
    round_id   binary(16)  not null,
    group_name varchar(64) not null,
    primary key (round_id, group_name)
) ${tableOptions};

create table approval_part (
    round_id binary(16)    not null,
    name     varchar(64)   not null,
    digest   varchar(64)   not null,
    summary  varchar(2000) not null,
    facts    longtext      not null,
    primary key (round_id, name)
) ${tableOptions};

-- Which group a person approves for in a release: the primary key lets one person count once, also at the same moment.
create table approval_seat (
    release_id binary(16)  not null,
    person_id  varchar(64) not null,
    group_name varchar(64) not null,
    primary key (release_id, person_id)
) ${tableOptions};

-- What was decided, by whom, over which content; added and never changed.
create table approval_decision (
    id             bigint        not null auto_increment primary key,
    round_id       binary(16)    not null,
    group_name     varchar(64)   not null,
    person_id      varchar(64)   not null,
    decision       varchar(16)   not null,
    reason         varchar(2000) not null,
    content_digest varchar(64)   not null,
    decided_at     datetime(6)   not null,
    expires_at     datetime(6)   not null,
    unique (round_id, group_name)
) ${tableOptions};

create table confirmation (
    id             binary(16)  not null primary key,
    person_id      varchar(64) not null,
    task_id        varchar(64) not null,
    decision       varchar(64) not null,
    content_digest varchar(64) not null,
    confirmed_at   datetime(6) not null,
    expires_at     datetime(6) not null,
    used_at        datetime(6)
) ${tableOptions};
create index confirmation_task on confirmation (task_id, person_id);
