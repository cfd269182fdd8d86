-- Where a person set the risk of a release apart from what was computed: raised at once, lowered when a second person agrees.
create table risk_adjustment (
    id         bigint        not null auto_increment primary key,
    release_id binary(16)    not null,
    from_level varchar(16)   not null,
    to_level   varchar(16)   not null,
    reason     varchar(2000) not null,
    asked_by   varchar(64)   not null,
    asked_at   datetime(6)   not null,
    accepted   boolean,
    decided_by varchar(64),
    decided_at datetime(6)
) ${tableOptions};
create index risk_adjustment_release on risk_adjustment (release_id, id);
create index slipway_release_ended on slipway_release (system_key, ended_at);
