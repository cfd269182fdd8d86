-- What was seen whenever somebody looked at the traffic of a version that had just got production.
create table traffic_look (
    id                bigint        not null auto_increment primary key,
    release_id        binary(16)    not null,
    environment_key   varchar(64)   not null,
    deployment_number integer       not null,
    service_id        varchar(128)  not null,
    looked_at         datetime(6)   not null,
    requests          bigint        not null,
    errors            bigint        not null,
    recent_requests   bigint        not null,
    recent_errors     bigint        not null,
    before_requests   bigint        not null,
    before_errors     bigint        not null,
    threshold_ppm     bigint        not null,
    verdict           varchar(16)   not null,
    sentence          varchar(1000) not null
) ${tableOptions};
create index traffic_look_release on traffic_look (release_id, id);
