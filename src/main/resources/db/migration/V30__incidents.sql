-- The register of incidents that this installation keeps where no other is configured.
create table incident (
    incident_key      varchar(64)  not null primary key,
    system_key        varchar(64)  not null,
    environment_key   varchar(64),
    priority          varchar(8)   not null,
    title             varchar(300) not null,
    opened_at         datetime(6)  not null,
    resolved_at       datetime(6),
    caused_by_release varchar(128)
) ${tableOptions};
create index incident_unresolved on incident (resolved_at, priority, opened_at);
create index incident_system on incident (system_key, opened_at);
create index incident_cause on incident (caused_by_release, opened_at);
create index incident_opened on incident (opened_at, incident_key);
