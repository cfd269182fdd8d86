-- What was committed compared with the scope of a release, as it was looked up last; looked up again when it is due.
create table scope_drift (
    release_id  binary(16) not null primary key,
    content     longtext,
    computed_at datetime(6),
    due_at      datetime(6)
) ${tableOptions};
create index scope_drift_due on scope_drift (due_at);

insert into scope_drift (release_id, due_at)
select id, requested_at from slipway_release where ended_at is null;
