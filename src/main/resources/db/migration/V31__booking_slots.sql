-- What a place is like: how many may use it at once, how long it takes to set up and clear, and where it is. Without a row it is
-- used by one at a time, takes no time to set up, and reads UTC.
create table environment_site (
    system_key        varchar(64) not null,
    environment_key   varchar(64) not null,
    capacity          integer     not null,
    set_up_seconds    bigint      not null,
    tear_down_seconds bigint      not null,
    zone              varchar(64) not null,
    region            varchar(64),
    primary key (system_key, environment_key)
) ${tableOptions};

-- Times that releases have booked ahead in an environment, with what comes before and after.
create table booking_slot (
    id              binary(16)   not null primary key,
    booking_key     varchar(128) not null unique,
    system_key      varchar(64)  not null,
    environment_key varchar(64)  not null,
    release_id      binary(16)   not null,
    release_key     varchar(128) not null,
    starts_at       datetime(6)  not null,
    ends_at         datetime(6)  not null,
    blocked_from    datetime(6)  not null,
    blocked_until   datetime(6)  not null,
    purpose         varchar(300) not null,
    booked_by       varchar(64)  not null,
    booked_at       datetime(6)  not null
) ${tableOptions};
create index booking_slot_place on booking_slot (system_key, environment_key, blocked_until);
create index booking_slot_ahead on booking_slot (ends_at, starts_at);
create index booking_slot_release on booking_slot (release_id, starts_at);

-- A wish that met others, until a release manager settles it.
create table booking_conflict (
    id              binary(16)    not null primary key,
    system_key      varchar(64)   not null,
    environment_key varchar(64)   not null,
    release_id      binary(16)    not null,
    release_key     varchar(128)  not null,
    starts_at       datetime(6)   not null,
    ends_at         datetime(6)   not null,
    purpose         varchar(300)  not null,
    asked_by        varchar(64)   not null,
    asked_at        datetime(6)   not null,
    settlement      varchar(16),
    settled_by      varchar(64),
    settled_at      datetime(6),
    applied_at      datetime(6),
    finding         varchar(2000) not null
) ${tableOptions};
create index booking_conflict_release on booking_conflict (release_id, asked_at);
