-- What a report is about, and what it says where it is no report of tests.
alter table gate_evidence add column kind varchar(16) default 'TESTS' not null;
alter table gate_evidence add column details longtext;

-- A finding of a security scan keeps its identity across scans of its system. What suppresses it stands in the row, so that a gate
-- counts with one query; who agreed to that and why stands in the triages.
create table finding (
    id                  bigint       not null auto_increment primary key,
    system_key          varchar(64)  not null,
    fingerprint         varchar(64)  not null,
    tool                varchar(600) not null,
    rule_id             varchar(600) not null,
    severity            varchar(16)  not null,
    path                longtext     not null,
    line_number         integer      not null,
    message             longtext     not null,
    snippet_hash        varchar(64)  not null,
    requested           boolean      not null,
    first_seen_at       datetime(6)  not null,
    last_seen_at        datetime(6)  not null,
    last_release_id     binary(16)   not null,
    triage_state        varchar(16)  not null,
    suppressed_until    datetime(6),
    suppressed_snippet  varchar(64),
    suppressed_severity varchar(16),
    suppressed_release  binary(16),
    constraint finding_identity unique (system_key, fingerprint)
) ${tableOptions};
create index finding_seen on finding (last_seen_at);
create index finding_state on finding (triage_state, last_seen_at);

-- Which report found it there, with which code.
create table finding_sighting (
    evidence_seq bigint      not null,
    finding_id   bigint      not null,
    severity     varchar(16) not null,
    snippet_hash varchar(64) not null,
    primary key (evidence_seq, finding_id)
) ${tableOptions};
create index finding_sighting_finding on finding_sighting (finding_id);

create table finding_triage (
    id              bigint        not null auto_increment primary key,
    finding_id      bigint        not null,
    verdict         varchar(16)   not null,
    justification   varchar(32),
    reason          varchar(2000) not null,
    evidence        varchar(2000) not null,
    scope           varchar(16)   not null,
    expires_at      datetime(6),
    snippet_hash    varchar(64)   not null,
    severity        varchar(16)   not null,
    proposed_by     varchar(64)   not null,
    proposed_at     datetime(6)   not null,
    state           varchar(16)   not null,
    decided_by      varchar(64),
    decided_at      datetime(6),
    decision_reason varchar(2000)
) ${tableOptions};
create index finding_triage_finding on finding_triage (finding_id, id);
