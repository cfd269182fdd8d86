-- Recurring times in which changes are allowed or denied, as RFC 5545 writes them; an edited rule is lifted and entered anew.
create table calendar_rule (
    id              binary(16)    not null primary key,
    kind            varchar(8)    not null,
    name            varchar(200)  not null,
    system_key      varchar(64),
    environment_key varchar(64),
    region          varchar(64),
    rule_text       varchar(4000) not null,
    zone            varchar(64)   not null,
    tzdata          varchar(32)   not null,
    replaces        binary(16),
    entered_by      varchar(64)   not null,
    entered_at      datetime(6)   not null,
    lifted_by       varchar(64),
    lifted_at       datetime(6)
) ${tableOptions};
create index calendar_rule_held on calendar_rule (lifted_at, system_key, name);
create index release_window_planned on release_window (state, starts_at);
