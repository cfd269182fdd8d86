-- Milestones of releases, derived from their processes: what was planned first, what is expected now, and what was.
create table milestone (
    release_id  binary(16)   not null,
    name        varchar(24)  not null,
    position_   integer      not null,
    release_key varchar(128) not null,
    system_key  varchar(64)  not null,
    baseline    datetime(6)  not null,
    forecast    datetime(6)  not null,
    actual      datetime(6),
    cause       varchar(500),
    primary key (release_id, name)
) ${tableOptions};
create index milestone_forecast on milestone (forecast, release_key);

-- What the planning tool is told, one row for each change.
create table milestone_push (
    id         varchar(64) not null primary key,
    release_id binary(16)  not null,
    content    longtext    not null,
    asked_at   datetime(6) not null,
    pushed_at  datetime(6)
) ${tableOptions};
create index milestone_push_release on milestone_push (release_id, asked_at);

-- The planning register that this installation keeps where no planning tool is configured.
create table planning_entry (
    release_key varchar(128) not null,
    milestone   varchar(24)  not null,
    push_id     varchar(64)  not null unique,
    baseline    datetime(6)  not null,
    forecast    datetime(6)  not null,
    actual      datetime(6),
    cause       varchar(500),
    primary key (release_key, milestone)
) ${tableOptions};
