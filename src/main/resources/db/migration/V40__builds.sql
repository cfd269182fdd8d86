-- Somebody wants the package of a release to be built anew, twice; everything about it is added and never changed.
create table build_request (
    id           bigint       not null auto_increment primary key,
    release_id   binary(16)   not null,
    round_number integer      not null,
    system_key   varchar(64)  not null,
    revision     varchar(200) not null,
    commit_id    varchar(64)  not null,
    committed_at datetime(6)  not null,
    requested_by varchar(64)  not null,
    requested_at datetime(6)  not null
) ${tableOptions};
create index build_request_release on build_request (release_id, id);

create table build_record (
    request_id bigint        not null,
    run_number integer       not null,
    builder    varchar(300)  not null,
    command    longtext      not null,
    inputs     longtext      not null,
    toolchain  varchar(2000) not null,
    succeeded  boolean       not null,
    outputs    longtext      not null,
    log_sha256 varchar(64)   not null,
    started_at datetime(6)   not null,
    ended_at   datetime(6)   not null,
    primary key (request_id, run_number)
) ${tableOptions};

create table build_comparison (
    request_id  bigint      not null primary key,
    verdict     varchar(32) not null,
    findings    longtext    not null,
    compared_at datetime(6) not null
) ${tableOptions};

create table build_review (
    request_id  bigint        not null primary key,
    accepted    boolean       not null,
    reason      varchar(2000) not null,
    person_id   varchar(64)   not null,
    reviewed_at datetime(6)   not null
) ${tableOptions};
