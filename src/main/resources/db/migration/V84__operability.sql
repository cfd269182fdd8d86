-- What has to be brought up to date because of what a release changes, and who attested it with which evidence.
create table operability_derivation (
    release_id     binary(16)  not null primary key,
    facts          longtext    not null,
    decision_table integer     not null,
    derived_at     datetime(6) not null
) ${tableOptions};

create table required_update (
    id         bigint        not null auto_increment primary key,
    release_id binary(16)    not null,
    kind       varchar(32)   not null,
    reason     varchar(1000) not null,
    unique (release_id, kind)
) ${tableOptions};

create table update_attestation (
    update_id   bigint        not null primary key,
    release_id  binary(16)    not null,
    evidence    varchar(2000) not null,
    person_id   varchar(64)   not null,
    attested_at datetime(6)   not null
) ${tableOptions};
create index update_attestation_release on update_attestation (release_id);
