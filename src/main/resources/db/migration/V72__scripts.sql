-- Where the scripts of a system lie in its repository.
create table script_rule (
    system_key    varchar(64)  not null primary key,
    revision      varchar(200) not null,
    folder        varchar(200) not null,
    deploy_path   varchar(300) not null,
    rollback_path varchar(300) not null,
    valid_days    bigint       not null,
    entered_by    varchar(64)  not null,
    entered_at    datetime(6)  not null
) ${tableOptions};

-- Which bytes a release runs, from when somebody pinned them.
create table script_pin (
    id              bigint       not null auto_increment primary key,
    release_id      binary(16)   not null,
    commit_id       varchar(64)  not null,
    deploy_path     varchar(300) not null,
    deploy_digest   varchar(64)  not null,
    rollback_path   varchar(300) not null,
    rollback_digest varchar(64)  not null,
    pinned_by       varchar(64)  not null,
    pinned_at       datetime(6)  not null
) ${tableOptions};
create index script_pin_release on script_pin (release_id, id);

create table script_run (
    id              bigint        not null auto_increment primary key,
    release_id      binary(16)    not null,
    system_key      varchar(64)   not null,
    environment_key varchar(64)   not null,
    kind            varchar(16)   not null,
    commit_id       varchar(64)   not null,
    path            varchar(300)  not null,
    digest          varchar(64)   not null,
    state           varchar(16)   not null,
    asked_by        varchar(64)   not null,
    asked_at        datetime(6)   not null,
    started_at      datetime(6),
    ended_at        datetime(6),
    reason          varchar(1000)
) ${tableOptions};
create index script_run_release on script_run (release_id, id);
create index script_run_digest on script_run (system_key, digest, state, ended_at);

create table script_line (
    id         bigint        not null auto_increment primary key,
    run_id     bigint        not null,
    release_id binary(16)    not null,
    written_at datetime(6)   not null,
    text       varchar(2000) not null
) ${tableOptions};
create index script_line_release on script_line (release_id, id);
