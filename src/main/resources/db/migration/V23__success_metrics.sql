-- What a release promises to bring, declared before its approval, and what came of it.
create table success_metric (
    release_id  binary(16)   not null,
    metric_key  varchar(64)  not null,
    name        varchar(200) not null,
    formula     varchar(500) not null,
    baseline    varchar(40)  not null,
    target      varchar(40)  not null,
    direction   varchar(16)  not null,
    source      varchar(32)  not null,
    declared_by varchar(64)  not null,
    declared_at datetime(6)  not null,
    primary key (release_id, metric_key)
) ${tableOptions};

create table metric_verdict (
    id          bigint        not null auto_increment primary key,
    release_id  binary(16)    not null,
    metric_key  varchar(64)   not null,
    went_live   datetime(6)   not null,
    evaluation  integer       not null,
    measured    varchar(40)   not null,
    verdict     varchar(16)   not null,
    sentence    varchar(2500) not null,
    person_id   varchar(64),
    judged_at   datetime(6)   not null,
    unique (release_id, metric_key, went_live, evaluation)
) ${tableOptions};
