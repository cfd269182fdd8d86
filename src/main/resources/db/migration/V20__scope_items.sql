-- What a proposal and a negotiation need to know of an item, and what a round may cost and until when.
alter table scope_item add component varchar(64);
alter table scope_item add owner_id varchar(64);
alter table scope_item add due_on varchar(10);
alter table scope_item add critical boolean default false not null;

alter table scope_round add capacity integer;
alter table scope_round add target_on varchar(10);
alter table scope_round add clash varchar(2000);
