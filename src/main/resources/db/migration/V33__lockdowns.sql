-- Times in which nothing in their scope goes to production because of incidents; at most one is open for each scope.
create table lockdown (
    number_         integer       not null primary key,
    system_key      varchar(64),
    open_scope      varchar(64)   unique,
    state           varchar(16)   not null,
    reason          varchar(2000) not null,
    basis           varchar(2000) not null,
    proposed_by     varchar(64),
    proposed_at     datetime(6)   not null,
    decision        varchar(16),
    decided_by      varchar(64),
    decided_at      datetime(6),
    decision_reason varchar(2000),
    enforced_at     datetime(6),
    lifted_by       varchar(64),
    lift_reason     varchar(2000),
    ended_at        datetime(6)
) ${tableOptions};
create index lockdown_state on lockdown (state, number_);

-- What the end of a lockdown found about a release that it held.
create table lockdown_finding (
    lockdown_number integer       not null,
    release_id      binary(16)    not null,
    finding         varchar(2000) not null,
    found_at        datetime(6)   not null,
    primary key (lockdown_number, release_id)
) ${tableOptions};
create index lockdown_finding_release on lockdown_finding (release_id, lockdown_number);
create index slipway_release_running on slipway_release (ended_at, system_key, release_key);
