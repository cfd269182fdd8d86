-- The order in which lists show rows, so that a page reads a page of them.
create index obligation_listed on obligation (due_at, obligation_key);
create index finding_listed on finding (severity, id);
