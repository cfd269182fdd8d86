-- Who profits from what an obligation compensates for, and the process that keeps after it.
alter table obligation add column beneficiary varchar(64);
alter table obligation add column process_instance_id varchar(64);
create index obligation_kind on obligation (kind, fulfilled_at, due_at);
create index obligation_owner on obligation (owner_role, fulfilled_at, due_at);
