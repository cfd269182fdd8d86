-- A packaging of a release; files are handed in until it is sealed, and changed content opens the next.
create table package_round (
    release_id          binary(16)  not null,
    round_number        integer     not null,
    process_instance_id varchar(64) not null,
    opened_at           datetime(6) not null,
    primary key (release_id, round_number)
) ${tableOptions};

create table package_file (
    seq          bigint       not null auto_increment primary key,
    release_id   binary(16)   not null,
    round_number integer      not null,
    name         varchar(100) not null,
    size         bigint       not null,
    sha256       varchar(64)  not null,
    handed_in_by varchar(64)  not null,
    handed_in_at datetime(6)  not null,
    unique (release_id, round_number, name)
) ${tableOptions};

-- The application may add a seal and never change one.
create table package_seal (
    release_id   binary(16)  not null,
    round_number integer     not null,
    manifest     longtext    not null,
    digest       varchar(64) not null,
    sealed_at    datetime(6) not null,
    primary key (release_id, round_number)
) ${tableOptions};
