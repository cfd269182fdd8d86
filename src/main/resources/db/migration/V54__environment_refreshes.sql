-- Clones of production's data for an environment before it: what was declared, what the check of its masking found, how alike it is.
create table environment_refresh (
    id              bigint       not null auto_increment primary key,
    system_key      varchar(64)  not null,
    environment_key varchar(64)  not null,
    declared        longtext     not null,
    requested_by    varchar(64)  not null,
    requested_at    datetime(6)  not null,
    report          longtext,
    checked_by      varchar(64),
    checked_at      datetime(6),
    fidelity        integer,
    scored_at       datetime(6)
) ${tableOptions};
create index environment_refresh_place on environment_refresh (system_key, environment_key, id);
