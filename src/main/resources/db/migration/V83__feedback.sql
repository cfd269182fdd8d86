-- That the users of a release are asked, and from when on it is live; then what they report, what may belong together, and what people
-- say to that. Everything is added and never changed.
create table feedback_collection (
    release_id binary(16)  not null primary key,
    live_at    datetime(6) not null,
    due_at     datetime(6) not null
) ${tableOptions};

create table feedback_report (
    id          bigint        not null auto_increment primary key,
    release_id  binary(16)    not null,
    title       varchar(300)  not null,
    description varchar(2000) not null,
    signature   varchar(300)  not null,
    reported_at datetime(6)   not null,
    entered_by  varchar(64)   not null,
    entered_at  datetime(6)   not null
) ${tableOptions};
create index feedback_report_release on feedback_report (release_id, id);

create table feedback_link (
    id          bigint        not null auto_increment primary key,
    release_id  binary(16)    not null,
    source      varchar(16)   not null,
    reference   varchar(128)  not null,
    title       varchar(300)  not null,
    priority    varchar(8)    not null,
    score       integer       not null,
    reason      varchar(1000) not null,
    proposed_at datetime(6)   not null,
    unique (release_id, source, reference)
) ${tableOptions};

create table feedback_verdict (
    id         bigint        not null auto_increment primary key,
    link_id    bigint        not null,
    release_id binary(16)    not null,
    confirmed  boolean       not null,
    note       varchar(2000) not null,
    person_id  varchar(64)   not null,
    judged_at  datetime(6)   not null
) ${tableOptions};
create index feedback_verdict_link on feedback_verdict (link_id, id);
create index feedback_verdict_release on feedback_verdict (release_id, id);

create table feedback_summary (
    release_id binary(16)    not null primary key,
    note       varchar(2000) not null,
    person_id  varchar(64)   not null,
    summed_at  datetime(6)   not null
) ${tableOptions};
