-- The embedded register of configuration items: what runs where, and which wishes were fulfilled.
create table cmdb_item (
    system_key      varchar(64)  not null,
    environment_key varchar(64)  not null,
    version         varchar(64)  not null,
    digest          varchar(64)  not null,
    release_key     varchar(128),
    since           datetime(6)  not null,
    primary key (system_key, environment_key)
) ${tableOptions};

create table cmdb_update (
    idempotency_key varchar(128) not null primary key,
    wish            varchar(600) not null,
    updated_at      datetime(6)  not null
) ${tableOptions};

-- One watch over a release in production; a release that goes live again is watched anew.
create table validation (
    id             bigint       not null auto_increment primary key,
    release_id     binary(16)   not null,
    package_digest varchar(64)  not null,
    passes         integer      not null,
    pause_millis   bigint       not null,
    opened_at      datetime(6)  not null,
    baked_at       datetime(6)  not null,
    hypercare_ends datetime(6)
) ${tableOptions};
create index validation_release on validation (release_id, id);

-- Every synthetic check with what each step expected and found; evidence, added and never changed.
create table synthetic_run (
    id            bigint       not null auto_increment primary key,
    validation_id bigint       not null,
    release_id    binary(16)   not null,
    started_at    datetime(6)  not null,
    ended_at      datetime(6)  not null,
    base_url      varchar(500) not null,
    live_version  varchar(64)  not null,
    live_digest   varchar(64)  not null,
    passed        boolean      not null,
    steps         longtext     not null
) ${tableOptions};
create index synthetic_run_validation on synthetic_run (validation_id, id);
create index synthetic_run_release on synthetic_run (release_id, id);

-- Each time that production was put back to what ran before.
create table production_rollback (
    id         bigint      not null auto_increment primary key,
    release_id binary(16)  not null,
    begun_at   datetime(6) not null
) ${tableOptions};
create index production_rollback_release on production_rollback (release_id, id);

-- Every evaluation of the closing conditions with what was found.
create table closing_evaluation (
    id           bigint      not null auto_increment primary key,
    release_id   binary(16)  not null,
    evaluated_at datetime(6) not null,
    open_points  integer     not null,
    digest       varchar(64) not null,
    findings     longtext    not null
) ${tableOptions};
create index closing_evaluation_release on closing_evaluation (release_id, id);

create table emergency_review (
    release_id  binary(16)    not null primary key,
    verdict     varchar(16)   not null,
    note        varchar(2000) not null,
    reviewed_by varchar(64)   not null,
    reviewed_at datetime(6)   not null
) ${tableOptions};

-- Who signed how a release ended; signed once.
create table release_closure (
    release_id    binary(16)    not null primary key,
    outcome       varchar(32)   not null,
    note          varchar(2000) not null,
    signed_by     varchar(64)   not null,
    signed_at     datetime(6)   not null,
    evaluation_id bigint        not null,
    digest        varchar(64)   not null
) ${tableOptions};
