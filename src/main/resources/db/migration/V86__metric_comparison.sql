-- What was measured after a release compared with what was measured before, and what a person decided where nothing could be said.
create table metric_comparison (
    id            bigint       not null auto_increment primary key,
    release_id    binary(16)   not null,
    validation_id bigint       not null,
    compared_at   datetime(6)  not null,
    verdict       varchar(16)  not null,
    rules_digest  varchar(64)  not null,
    baseline      varchar(300) not null,
    content       longtext     not null
) ${tableOptions};
create index metric_comparison_release on metric_comparison (release_id, id);
create index metric_comparison_validation on metric_comparison (validation_id, id);

create table comparison_decision (
    comparison_id bigint        not null primary key,
    release_id    binary(16)    not null,
    accepted      boolean       not null,
    reason        varchar(2000) not null,
    person_id     varchar(64)   not null,
    decided_at    datetime(6)   not null
) ${tableOptions};
create index comparison_decision_release on comparison_decision (release_id);
