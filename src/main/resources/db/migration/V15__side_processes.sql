-- Processes beside the spine, each started by the program; without a release it belongs to the house.
create table side_process (
    process_instance_id varchar(64)  not null primary key,
    business_key        varchar(255) not null,
    release_id          binary(16),
    process_key         varchar(255) not null,
    started_at          datetime(6)  not null
) ${tableOptions};
create index side_process_key on side_process (business_key, process_key);
create index side_process_release on side_process (release_id);

create table obligation (
    obligation_key varchar(200)  not null primary key,
    release_id     binary(16),
    system_key     varchar(64),
    kind           varchar(32)   not null,
    statement      varchar(2000) not null,
    owner_role     varchar(64)   not null,
    person_id      varchar(64),
    due_at         datetime(6)   not null,
    blocks_closure boolean       not null,
    opened_at      datetime(6)   not null,
    fulfilled_at   datetime(6),
    fulfilled_by   varchar(64),
    evidence       varchar(2000)
) ${tableOptions};
create index obligation_release on obligation (release_id, due_at);
create index obligation_due on obligation (fulfilled_at, due_at);
create index obligation_system on obligation (system_key, fulfilled_at, due_at);

-- What people are told, kept with what it tells of and delivered afterwards.
create table notice (
    id          bigint        not null auto_increment primary key,
    notice_key  varchar(200)  not null unique,
    release_id  binary(16),
    kind        varchar(64)   not null,
    group_names varchar(2000) not null,
    person_ids  varchar(2000) not null,
    subject     varchar(300)  not null,
    content     longtext      not null,
    path        varchar(500)  not null,
    told_at     datetime(6)   not null
) ${tableOptions};
create index notice_release on notice (release_id, id);
