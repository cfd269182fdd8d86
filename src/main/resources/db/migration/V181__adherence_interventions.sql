-- Which entries of the audit trail about interventions in the engine a review has looked at; what comes later is looked at later.
create table adherence_intervention (
    seq         bigint      not null primary key,
    reviewed_at datetime(6) not null
) ${tableOptions};

insert into adherence_intervention (seq, reviewed_at)
select a.seq, v.reviewed_at
from audit_entry a join adherence_review v on v.release_id = a.release_id
where a.action in ('engine.modifyProcessInstance', 'engine.setVariable', 'engine.modifyVariable', 'engine.removeVariable')
  and a.occurred_at <= v.reviewed_at;

-- Who did what was found, and when.
alter table adherence_finding add column person varchar(64);
alter table adherence_finding add column happened_at datetime(6);
