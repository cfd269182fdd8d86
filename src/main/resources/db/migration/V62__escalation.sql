-- Questions on the ladder, with what was decided.
create table ladder_question (
    id               bigint        not null auto_increment primary key,
    question_key     varchar(250)  not null unique,
    release_id       binary(16)    not null,
    other_release_id binary(16),
    question         varchar(1000) not null,
    brief            longtext      not null,
    rung             integer       not null,
    rung_ends_at     datetime(6),
    process_id       varchar(64),
    raised_at        datetime(6)   not null,
    decision         varchar(1000),
    reason           varchar(2000),
    decided_by       varchar(64),
    decided_at       datetime(6)
) ${tableOptions};
create index ladder_question_release on ladder_question (release_id, id);
create index ladder_question_other on ladder_question (other_release_id, id);

-- What a release needs of another team; it holds when a person of each side confirmed it.
create table team_dependency (
    id                 bigint        not null auto_increment primary key,
    release_id         binary(16)    not null,
    needed_system      varchar(64)   not null,
    needed_release_id  binary(16),
    statement          varchar(1000) not null,
    needed_at          datetime(6)   not null,
    entered_by         varchar(64)   not null,
    own_confirmed_by   varchar(64),
    own_confirmed_at   datetime(6),
    other_confirmed_by varchar(64),
    other_confirmed_at datetime(6),
    confirm_until      datetime(6)   not null,
    escalated_at       datetime(6),
    slips              integer       not null
) ${tableOptions};
create index team_dependency_release on team_dependency (release_id, id);
create index team_dependency_needed on team_dependency (needed_system, id);
create index team_dependency_silent on team_dependency (escalated_at, confirm_until);
