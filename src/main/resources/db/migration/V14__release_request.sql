-- What people asked for that concerns a release as a whole; the process acts only on what stands here and was not acted on yet.
create table release_request (
    id           bigint        not null auto_increment primary key,
    release_id   binary(16)    not null,
    action       varchar(16)   not null,
    person_id    varchar(64)   not null,
    reason       varchar(2000) not null,
    requested_at datetime(6)   not null,
    taken_at     datetime(6)
) ${tableOptions};
create index release_request_open on release_request (release_id, action, id);

-- Why a deployment failed, in the words of the step that failed.
alter table deployment add column failure longtext;
