-- Names under which users find a system, and how long their answers are kept; who wants a safe switch lowers that before.
create table cut_over_name (
    system_key      varchar(64)  not null primary key,
    dns_name        varchar(253) not null,
    ttl_seconds     bigint       not null,
    lowered_seconds bigint       not null,
    entered_by      varchar(64)  not null,
    entered_at      datetime(6)  not null
) ${tableOptions};

-- Who lowered the time to live for a release, and when.
create table cut_over_lowered (
    id          bigint       not null auto_increment primary key,
    release_id  binary(16)   not null,
    dns_name    varchar(253) not null,
    ttl_seconds bigint       not null,
    seen_seconds bigint      not null,
    lowered_at  datetime(6)  not null,
    recorded_by varchar(64)  not null,
    recorded_at datetime(6)  not null
) ${tableOptions};
create index cut_over_lowered_release on cut_over_lowered (release_id, id);
