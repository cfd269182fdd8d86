-- Whenever somebody looked at the bytes of a file of a package; added and never changed.
create table package_hop (
    id           bigint       not null auto_increment primary key,
    release_id   binary(16)   not null,
    round_number integer      not null,
    hop          varchar(32)  not null,
    place        varchar(200) not null,
    file_name    varchar(100) not null,
    expected     varchar(64)  not null,
    found        varchar(64),
    matched      boolean      not null,
    looked_at    datetime(6)  not null
) ${tableOptions};
create index package_hop_release on package_hop (release_id, round_number, id);

-- Keys whose signatures are trusted for a system: proposed by one person, accepted by another.
create table trusted_key (
    system_key       varchar(64)   not null,
    fingerprint      varchar(64)   not null,
    certificate      longtext      not null,
    user_name        varchar(300)  not null,
    algorithm        varchar(100)  not null,
    reason           varchar(2000) not null,
    proposed_by      varchar(64)   not null,
    proposed_at      datetime(6)   not null,
    accepted_by      varchar(64),
    accepted_at      datetime(6),
    withdrawn_by     varchar(64),
    withdrawn_at     datetime(6),
    withdrawn_reason varchar(2000),
    primary key (system_key, fingerprint)
) ${tableOptions};
create index trusted_key_proposed on trusted_key (proposed_at);
