-- Who approves for whom, for which group and how long.
create table approval_delegation (
    id          binary(16)    not null primary key,
    group_name  varchar(64)   not null,
    from_person varchar(64)   not null,
    to_person   varchar(64)   not null,
    reason      varchar(2000) not null,
    starts_at   datetime(6)   not null,
    ends_at     datetime(6)   not null,
    entered_at  datetime(6)   not null,
    revoked_at  datetime(6)
) ${tableOptions};
create index approval_delegation_to on approval_delegation (to_person, group_name, ends_at);
create index approval_delegation_group on approval_delegation (group_name, ends_at);
create index approval_delegation_entered on approval_delegation (entered_at);
