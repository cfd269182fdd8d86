-- What an urgent release leaves out, what makes up for it, and the check that is owed afterwards.
create table exemption (
    id                   bigint        not null auto_increment primary key,
    release_id           binary(16)    not null,
    release_key          varchar(128)  not null,
    system_key           varchar(64)   not null,
    skipped              varchar(2000) not null,
    compensating_control varchar(2000) not null,
    validation           varchar(2000) not null,
    validate_by          datetime(6)   not null,
    requested_by         varchar(64)   not null,
    requested_at         datetime(6)   not null,
    state                varchar(16)   not null,
    decided_by           varchar(64),
    decided_at           datetime(6),
    decision_reason      varchar(2000),
    validated_by         varchar(64),
    validated_at         datetime(6),
    validation_evidence  varchar(2000)
) ${tableOptions};
create index exemption_release on exemption (release_id, id);
create index exemption_state on exemption (state, validate_by);
