-- A question that needs no answer any more, and when the highest rung is reminded of one that does.
alter table ladder_question add column withdrawn_at datetime(6);
alter table ladder_question add column withdrawn_because varchar(500);
create index ladder_question_open on ladder_question (decided_at, withdrawn_at, rung_ends_at);
