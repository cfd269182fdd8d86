-- Who read which script from its repository, or had it read to be run.
create table script_reading (
    id         bigint       not null auto_increment primary key,
    release_id binary(16)   not null,
    path       varchar(300) not null,
    commit_id  varchar(64)  not null,
    digest     varchar(64)  not null,
    person_id  varchar(64)  not null,
    read_at    datetime(6)  not null
) ${tableOptions};
create index script_reading_release on script_reading (release_id, id);
