-- A gate belongs to one sealed package in one environment. Reports, figures and verdicts are added and never changed.
create table gate_evidence (
    seq             bigint       not null auto_increment primary key,
    release_id      binary(16)   not null,
    round_number    integer      not null,
    environment_key varchar(64)  not null,
    package_digest  varchar(64)  not null,
    name            varchar(100) not null,
    size            bigint       not null,
    sha256          varchar(64)  not null,
    tests_total     integer      not null,
    tests_failed    integer      not null,
    tests_skipped   integer      not null,
    tests_flaky     integer      not null,
    failures        longtext     not null,
    remarks         longtext     not null,
    supplied_by     varchar(64)  not null,
    supplied_at     datetime(6)  not null
) ${tableOptions};
create index gate_evidence_gate on gate_evidence (release_id, round_number, environment_key);

create table gate_evaluation (
    seq             bigint      not null auto_increment primary key,
    release_id      binary(16)  not null,
    round_number    integer     not null,
    environment_key varchar(64) not null,
    package_digest  varchar(64) not null,
    content         longtext    not null,
    evaluated_at    datetime(6) not null
) ${tableOptions};
create index gate_evaluation_gate on gate_evaluation (release_id, round_number, environment_key);

create table gate_verdict (
    seq             bigint      not null auto_increment primary key,
    release_id      binary(16)  not null,
    round_number    integer     not null,
    environment_key varchar(64) not null,
    package_digest  varchar(64) not null,
    verdict         varchar(16) not null,
    explanation     longtext    not null,
    recorded_at     datetime(6) not null
) ${tableOptions};
create index gate_verdict_gate on gate_verdict (release_id, round_number, environment_key);

create table gate_waiver (
    seq                  bigint        not null auto_increment primary key,
    release_id           binary(16)    not null,
    round_number         integer       not null,
    environment_key      varchar(64)   not null,
    package_digest       varchar(64)   not null,
    verdict_seq          bigint        not null,
    reason               varchar(2000) not null,
    compensating_control varchar(2000) not null,
    expires_at           datetime(6)   not null,
    asked_by             varchar(64)   not null,
    asked_at             datetime(6)   not null,
    state                varchar(16)   not null,
    decided_by           varchar(64),
    decided_at           datetime(6),
    decision_reason      varchar(2000),
    lock_version         integer       not null
) ${tableOptions};
create index gate_waiver_gate on gate_waiver (release_id, round_number, environment_key);
