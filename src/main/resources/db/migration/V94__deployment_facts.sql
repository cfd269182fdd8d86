-- What the reports are computed from: every time production was put on a release, and what came of it.
create table deployment_fact (
    id               bigint       not null auto_increment primary key,
    release_id       binary(16)   not null,
    release_key      varchar(128) not null,
    system_key       varchar(64)  not null,
    deployment_no    integer      not null,
    unplanned        boolean      not null,
    lead_from        varchar(16)  not null,
    lead_seconds     bigint       not null,
    deployed_at      datetime(6)  not null,
    deployed_on      varchar(10)  not null,
    failed_at        datetime(6),
    recovered_at     datetime(6),
    recovery_seconds bigint,
    unique (release_id, deployment_no)
) ${tableOptions};
create index deployment_fact_system on deployment_fact (system_key, deployed_at);
create index deployment_fact_time on deployment_fact (deployed_at);
