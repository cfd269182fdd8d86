-- The audit trail is searched by ticket, person, action and time; each search goes through the newest entries first.
create index audit_entry_ticket on audit_entry (change_ticket, seq);
create index audit_entry_actor on audit_entry (actor, seq);
create index audit_entry_action on audit_entry (action, seq);
create index audit_entry_time on audit_entry (occurred_at, seq);
