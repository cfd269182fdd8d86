-- What reports told of each test of a system, and how much it matters.
create table test_case (
    id           bigint       not null auto_increment primary key,
    system_key   varchar(64)  not null,
    name_hash    varchar(64)  not null,
    name         varchar(500) not null,
    component    varchar(250) not null,
    runs         integer      not null,
    failures     integer      not null,
    flakes       integer      not null,
    millis       bigint       not null,
    criticality  integer      not null,
    last_seen_at datetime(6)  not null,
    constraint test_case_identity unique (system_key, name_hash)
) ${tableOptions};
create index test_case_component on test_case (system_key, component);

-- Which tests were chosen under a budget, and what was left out.
create table test_selection (
    id         bigint       not null auto_increment primary key,
    release_id binary(16)   not null,
    content    longtext     not null,
    chosen_by  varchar(64)  not null,
    chosen_at  datetime(6)  not null
) ${tableOptions};
create index test_selection_release on test_selection (release_id, id);
