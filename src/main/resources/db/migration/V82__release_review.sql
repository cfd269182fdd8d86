-- A look back at a release without blame: why it was begun, the timeline as it was assembled, what people added, and its end.
create table release_review (
    release_id binary(16)   not null primary key,
    reason     varchar(300) not null,
    begun_by   varchar(64),
    begun_at   datetime(6)  not null
) ${tableOptions};

create table review_timeline (
    release_id   binary(16)  not null primary key,
    assembled_at datetime(6) not null,
    entries      longtext    not null
) ${tableOptions};

create table review_point (
    id             bigint        not null auto_increment primary key,
    release_id     binary(16)    not null,
    kind           varchar(16)   not null,
    content        varchar(2000) not null,
    obligation_key varchar(200),
    author         varchar(64)   not null,
    added_at       datetime(6)   not null
) ${tableOptions};
create index review_point_release on review_point (release_id, id);

create table review_conclusion (
    release_id       binary(16)    not null primary key,
    summary          varchar(2000) not null,
    no_action_reason varchar(2000) not null,
    concluded_by     varchar(64)   not null,
    concluded_at     datetime(6)   not null
) ${tableOptions};

-- What was learnt, found again by system, class and tag when a similar release is planned.
create table lesson (
    id            bigint        not null auto_increment primary key,
    release_id    binary(16)    not null,
    release_key   varchar(128)  not null,
    system_key    varchar(64)   not null,
    release_class varchar(16)   not null,
    content       varchar(2000) not null,
    author        varchar(64)   not null,
    added_at      datetime(6)   not null
) ${tableOptions};
create index lesson_release on lesson (release_id, id);
create index lesson_system on lesson (system_key, id);

create table lesson_tag (
    lesson_id bigint      not null,
    tag       varchar(64) not null,
    primary key (lesson_id, tag)
) ${tableOptions};
create index lesson_tag_tag on lesson_tag (tag, lesson_id);
