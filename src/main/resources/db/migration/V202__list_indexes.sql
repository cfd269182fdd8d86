-- The order in which more lists show rows, and what they look rows up by.
create index access_change_role on access_change (group_name, person_id, id);
create index blackout_listed on blackout (lifted_at, starts_at, ends_at);
create index deployment_version on deployment (version, system_key);
create index test_case_listed on test_case (system_key, id);
