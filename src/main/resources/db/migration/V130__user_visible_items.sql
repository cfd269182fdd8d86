-- Items that users see: they are told and trained before.
alter table scope_item add user_visible boolean default false not null;
