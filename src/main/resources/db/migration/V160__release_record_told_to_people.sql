-- What each person was last told of a release: whoever was told nothing yet reads the whole record, whatever others of the audience know.
create table release_record_told_to (
    release_id binary(16)  not null,
    person_id  varchar(64) not null,
    audience   varchar(64) not null,
    content    longtext    not null,
    told_at    datetime(6) not null,
    primary key (release_id, person_id)
) ${tableOptions};
drop table release_record_told;
