-- Every effect on the outside world, written before and after it in transactions of their own.
create table effect (
    effect_key   varchar(255) not null primary key,
    seq          bigint       not null auto_increment unique,
    business_key varchar(255) not null,
    run          varchar(128) not null,
    step         varchar(64)  not null,
    target       varchar(255) not null,
    request_hash varchar(64)  not null,
    undo_data    longtext,
    state        varchar(16)  not null,
    fence        bigint       not null,
    owner        varchar(64),
    leased_until datetime(6),
    result       longtext,
    reason       longtext,
    planned_at   datetime(6)  not null,
    started_at   datetime(6),
    ended_at     datetime(6)
) ${tableOptions};
create index effect_run on effect (business_key, run, seq);
create index effect_state on effect (business_key, state);

-- The highest number under which something was sent to a target; the target refuses lower ones.
create table effect_fence (
    target varchar(255) not null primary key,
    fence  bigint       not null
) ${tableOptions};

-- One attempt to put one package on one environment; a new attempt gets a new number.
create table deployment (
    id                      bigint       not null auto_increment primary key,
    release_id              binary(16),
    business_key            varchar(255) not null,
    system_key              varchar(64)  not null,
    environment_key         varchar(64)  not null,
    deployment_number       integer      not null,
    opened_by_run           varchar(64)  not null,
    version                 varchar(64)  not null,
    package_digest          varchar(64)  not null,
    plan_version            integer      not null,
    plan_digest             varchar(64),
    plan                    longtext,
    health                  varchar(16),
    health_evidence         longtext,
    previous_service_id     varchar(128),
    previous_version        varchar(64),
    previous_package_digest varchar(64),
    state                   varchar(16)  not null,
    undo_steps              longtext,
    undo_digest             varchar(64),
    opened_at               datetime(6)  not null,
    ended_at                datetime(6),
    lock_version            integer      not null,
    constraint deployment_number unique (business_key, environment_key, deployment_number)
) ${tableOptions};
create index deployment_place on deployment (system_key, environment_key, id);

-- The service processes that were started, what they consist of, and whether they are to run.
create table service_instance (
    service_id      varchar(128) not null primary key,
    system_key      varchar(64)  not null,
    environment_key varchar(64)  not null,
    version         varchar(64)  not null,
    package_digest  varchar(64)  not null,
    content_digest  varchar(64)  not null,
    definition      longtext     not null,
    release_id      binary(16),
    running         boolean      not null,
    since           datetime(6)  not null
) ${tableOptions};
create index service_instance_place on service_instance (system_key, environment_key, running);

-- Which version the users of an environment get.
create table running_version (
    system_key      varchar(64)  not null,
    environment_key varchar(64)  not null,
    version         varchar(64)  not null,
    package_digest  varchar(64)  not null,
    service_id      varchar(128) not null,
    release_id      binary(16),
    since           datetime(6)  not null,
    primary key (system_key, environment_key)
) ${tableOptions};
