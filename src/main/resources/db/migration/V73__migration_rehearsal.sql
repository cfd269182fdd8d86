-- What a clone of the production data of a system is made from: SQL as the owner of the data gave it.
create table migration_data (
    system_key varchar(64) not null primary key,
    content    longtext    not null,
    entered_by varchar(64) not null,
    entered_at datetime(6) not null
) ${tableOptions};

create table migration_rehearsal (
    id             bigint      not null auto_increment primary key,
    release_id     binary(16)  not null,
    package_digest varchar(64) not null,
    passed         boolean     not null,
    report         longtext    not null,
    asked_by       varchar(64) not null,
    rehearsed_at   datetime(6) not null
) ${tableOptions};
create index migration_rehearsal_release on migration_rehearsal (release_id, id);

create table migration_approval (
    rehearsal_id bigint      not null primary key,
    approved_by  varchar(64) not null,
    approved_at  datetime(6) not null
) ${tableOptions};
