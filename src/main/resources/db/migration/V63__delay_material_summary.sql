-- Delays of releases, at most one open at a time, with the draft of the next update.
create table release_delay (
    id             bigint        not null auto_increment primary key,
    release_id     binary(16)    not null,
    open_for       varchar(36)   unique,
    round_number   integer       not null,
    cause          varchar(2000) not null,
    window_end     datetime(6)   not null,
    revised_end    datetime(6)   not null,
    remark         varchar(2000) not null,
    state          varchar(16)   not null,
    next_update_at datetime(6),
    confirmed_by   varchar(64),
    confirmed_at   datetime(6),
    found_at       datetime(6)   not null
) ${tableOptions};
create index release_delay_release on release_delay (release_id, id);

-- Trainings and announcements for users of a release.
create table material (
    id            bigint        not null auto_increment primary key,
    release_id    binary(16)    not null,
    kind          varchar(16)   not null,
    audience      varchar(64)   not null,
    item          varchar(200)  not null,
    state         varchar(16)   not null,
    title         varchar(200),
    body          longtext,
    publish_at    datetime(6),
    author        varchar(64),
    reviewer      varchar(64),
    return_reason varchar(2000),
    planned_by    varchar(64)   not null,
    planned_at    datetime(6)   not null
) ${tableOptions};
create index material_release on material (release_id, id);
create index material_due on material (state, publish_at);

-- What a person added to the executive summary; regenerating it keeps this.
create table summary_text (
    release_id binary(16)    not null primary key,
    body       varchar(4000) not null,
    decision   varchar(1000) not null,
    written_by varchar(64)   not null,
    written_at datetime(6)   not null
) ${tableOptions};
