-- A class may be changed by hand more than once in a round of the scope.
alter table class_override add ask_number integer default 1 not null;
alter table class_override drop primary key;
alter table class_override add primary key (release_id, round_number, ask_number);
