-- What was added to the record of a closed release, each entry with a digest over the one before it.
create table closure_addendum (
    id             bigint        not null auto_increment primary key,
    release_id     binary(16)    not null,
    entry_number   integer       not null,
    obligation_key varchar(200)  not null,
    statement      varchar(2000) not null,
    evidence       varchar(2000) not null,
    person_id      varchar(64)   not null,
    added_at       datetime(6)   not null,
    digest         varchar(64)   not null,
    unique (release_id, entry_number),
    unique (release_id, obligation_key)
) ${tableOptions};
