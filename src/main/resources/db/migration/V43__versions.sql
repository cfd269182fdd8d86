-- A version that is bad wherever it is; another person takes the block away.
create table version_block (
    id             bigint        not null auto_increment primary key,
    system_key     varchar(64)   not null,
    version        varchar(100)  not null,
    reason         varchar(2000) not null,
    blocked_by     varchar(64)   not null,
    blocked_at     datetime(6)   not null,
    unblocked_by   varchar(64),
    unblocked_at   datetime(6),
    unblock_reason varchar(2000)
) ${tableOptions};
create index version_block_version on version_block (system_key, version, unblocked_at);

-- What was found when somebody compared what lives with what is recorded; added and never changed.
create table drift_check (
    id              bigint        not null auto_increment primary key,
    system_key      varchar(64)   not null,
    environment_key varchar(64)   not null,
    version         varchar(100)  not null,
    recorded        varchar(64)   not null,
    placed          varchar(64),
    found           varchar(64),
    finding         varchar(1000),
    checked_at      datetime(6)   not null
) ${tableOptions};
create index drift_check_place on drift_check (system_key, environment_key, id);
create index drift_check_time on drift_check (checked_at);
