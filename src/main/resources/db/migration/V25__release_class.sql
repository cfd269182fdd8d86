-- Why a release has its class, and who gave it another one.
alter table scope_round add class_rule varchar(1000);
alter table scope_round add class_nearest varchar(500);

create table class_override (
    release_id    binary(16)    not null,
    round_number  integer       not null,
    class_before  varchar(16)   not null,
    class_after   varchar(16)   not null,
    reason        varchar(2000) not null,
    asked_by      varchar(64)   not null,
    asked_at      datetime(6)   not null,
    confirmed_by  varchar(64),
    confirmed_at  datetime(6),
    primary key (release_id, round_number)
) ${tableOptions};

-- What is done often and always alike: approved once by two people, good until a day, suspended after a failure.
create table standard_change (
    template_key varchar(64)   not null primary key,
    name         varchar(200)  not null,
    system_key   varchar(64)   not null,
    plan         varchar(2000) not null,
    most_items   integer       not null,
    most_effort  integer       not null,
    most_risk    integer       not null,
    expires_at   datetime(6)   not null,
    state        varchar(16)   not null,
    proposed_by  varchar(64)   not null,
    proposed_at  datetime(6)   not null,
    reason       varchar(2000) not null
) ${tableOptions};
create index standard_change_system on standard_change (system_key, state);

create table standard_change_approval (
    template_key varchar(64) not null,
    person_id    varchar(64) not null,
    approved_at  datetime(6) not null,
    primary key (template_key, person_id, approved_at)
) ${tableOptions};
