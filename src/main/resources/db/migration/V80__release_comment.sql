-- Releases that began as a copy of another one.
create table release_copy (
    release_id binary(16)  not null primary key,
    source_id  binary(16)  not null,
    with_items boolean     not null,
    copied_by  varchar(64) not null,
    copied_at  datetime(6) not null
) ${tableOptions};
create index release_copy_source on release_copy (source_id);

-- What people remark on a release; added and never changed.
create table release_comment (
    id         bigint        not null auto_increment primary key,
    release_id binary(16)    not null,
    author     varchar(64)   not null,
    written_at datetime(6)   not null,
    content    varchar(4000) not null
) ${tableOptions};
create index release_comment_release on release_comment (release_id, id);
