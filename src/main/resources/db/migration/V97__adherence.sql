-- Which ended releases were reviewed, and what deviated from model and rules.
create table adherence_review (
    release_id  binary(16)  not null primary key,
    reviewed_at datetime(6) not null,
    findings    integer     not null
) ${tableOptions};

create table adherence_finding (
    id             bigint        not null auto_increment primary key,
    finding_key    varchar(200)  not null unique,
    release_key    varchar(128)  not null,
    system_key     varchar(64)   not null,
    rule_name      varchar(32)   not null,
    sentence       varchar(2000) not null,
    evidence       varchar(2000) not null,
    found_at       datetime(6)   not null
) ${tableOptions};
create index adherence_finding_found on adherence_finding (found_at);
create index adherence_finding_rule on adherence_finding (rule_name, found_at);
create index slipway_release_over on slipway_release (ended_at);
