-- A criterion that is waived: asked for by one person, granted by another, good until a day, with something in its place.
create table exit_waiver (
    release_id   binary(16)    not null,
    round_number integer       not null,
    criterion    varchar(64)   not null,
    reason       varchar(2000) not null,
    in_its_place varchar(2000) not null,
    valid_until  datetime(6)   not null,
    asked_by     varchar(64)   not null,
    asked_at     datetime(6)   not null,
    primary key (release_id, round_number, criterion)
) ${tableOptions};

create table exit_waiver_grant (
    release_id   binary(16)  not null,
    round_number integer     not null,
    criterion    varchar(64) not null,
    granted_by   varchar(64) not null,
    granted_at   datetime(6) not null,
    primary key (release_id, round_number, criterion)
) ${tableOptions};
