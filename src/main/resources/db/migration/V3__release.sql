create table managed_system (
    system_key varchar(64)  not null primary key,
    name       varchar(200) not null,
    stateful   boolean      not null
) ${tableOptions};

create table environment (
    system_key      varchar(64)  not null,
    environment_key varchar(64)  not null,
    name            varchar(200) not null,
    tier            varchar(16)  not null,
    route_position  integer      not null,
    instances       integer      not null,
    primary key (system_key, environment_key)
) ${tableOptions};

create table slipway_release (
    id                  binary(16)   not null primary key,
    release_key         varchar(128) not null unique,
    system_key          varchar(64)  not null,
    version             varchar(64)  not null,
    title               varchar(200) not null,
    urgency             varchar(16)  not null,
    release_class       varchar(16),
    state               varchar(24)  not null,
    on_hold             boolean      not null,
    hold_reason         varchar(2000),
    outcome             varchar(32),
    requested_by        varchar(64)  not null,
    requested_at        datetime(6)  not null,
    window_start        datetime(6),
    window_end          datetime(6),
    process_instance_id varchar(64),
    ended_at            datetime(6),
    lock_version        integer      not null
) ${tableOptions};
create index slipway_release_requested on slipway_release (requested_at);
create index slipway_release_state on slipway_release (state, requested_at);
create index slipway_release_system on slipway_release (system_key, requested_at);

-- One part per person and release: the primary key makes a second part impossible.
create table release_involvement (
    release_id binary(16)  not null,
    person_id  varchar(64) not null,
    part       varchar(16) not null,
    since      datetime(6) not null,
    primary key (release_id, person_id)
) ${tableOptions};

-- Which release holds an environment; one at a time.
create table environment_booking (
    system_key      varchar(64) not null,
    environment_key varchar(64) not null,
    release_id      binary(16)  not null,
    booked_at       datetime(6) not null,
    primary key (system_key, environment_key)
) ${tableOptions};
create index environment_booking_release on environment_booking (release_id);
