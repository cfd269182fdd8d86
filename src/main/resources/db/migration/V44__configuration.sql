-- Values of an environment, one row for each change; the newest that is in force counts.
create table config_value (
    id              bigint        not null auto_increment primary key,
    system_key      varchar(64)   not null,
    environment_key varchar(64)   not null,
    name            varchar(100)  not null,
    content         varchar(4000),
    set_by          varchar(64)   not null,
    set_at          datetime(6)   not null,
    accepted_by     varchar(64),
    accepted_at     datetime(6)
) ${tableOptions};
create index config_value_place on config_value (system_key, environment_key, name, id);
