-- Every version of a model, decision or form that the engine holds, and whether new releases may use it.
create table model_version (
    kind           varchar(16)  not null,
    definition_key varchar(255) not null,
    version        integer      not null,
    resource_name  varchar(255) not null,
    digest         varchar(64)  not null,
    deployment_id  varchar(64)  not null,
    origin         varchar(16)  not null,
    state          varchar(16)  not null,
    proposed_by    varchar(64),
    proposed_at    datetime(6)  not null,
    decided_by     varchar(64),
    decided_at     datetime(6),
    primary key (kind, definition_key, version)
) ${tableOptions};
create index model_version_state on model_version (state, proposed_at);

-- The versions that one release uses from its start to its end, whatever is deployed meanwhile.
create table model_pin (
    business_key   varchar(255) not null,
    kind           varchar(16)  not null,
    definition_key varchar(255) not null,
    version        integer      not null,
    digest         varchar(64)  not null,
    primary key (business_key, kind, definition_key)
) ${tableOptions};
