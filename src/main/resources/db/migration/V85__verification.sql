-- The synthetic journey against what was live before a release touched production.
create table synthetic_baseline (
    id           bigint       not null auto_increment primary key,
    release_id   binary(16)   not null,
    started_at   datetime(6)  not null,
    ended_at     datetime(6)  not null,
    base_url     varchar(500) not null,
    live_version varchar(64)  not null,
    live_digest  varchar(64)  not null,
    passed       boolean      not null,
    steps        longtext     not null
) ${tableOptions};
create index synthetic_baseline_release on synthetic_baseline (release_id, id);
