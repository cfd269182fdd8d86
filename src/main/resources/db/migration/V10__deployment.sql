-- Every effect on the outside world, written before and after it in transactions of their own.
create table effect (
    effect_key   varchar(255) not null primary key,
    seq          bigint       not null auto_increment unique,
    business_key varchar(255) not null,
    run          varchar(128) not null,
    step         varchar(64)  not null,
    target       varchar(255) not null,
    request_hash varchar(64)  not null,
    undo_data    longtext,
    state        varchar(16)  not null,
    fence        bigint       not null,
    owner        varchar(64),
    leased_until datetime(6),
    result       longtext,
    reason       longtext,
    planned_at   datetime(6)  not null,
    started_at   datetime(6),
    ended_at     datetime(6)
) ${tableOptions};
create index effect_run on effect (business_key, run, seq);
create index effect_state on effect (business_key, state);

-- The highest number under which something was sent to a target; the target refuses lower ones.
create table effect_fence (
    target varchar(255) not null primary key,
    fence  bigint       not null
) ${tableOptions};
