-- The register lists the changes of a period, of all systems or of one, by state or by outcome.
create index change_register_opened on change_register (opened_at, id);
create index change_register_system on change_register (system_key, opened_at, id);
create index change_register_state on change_register (state, opened_at, id);
create index change_register_outcome on change_register (outcome, opened_at, id);
