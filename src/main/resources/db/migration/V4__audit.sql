-- The application's account may add and read entries; it has no right to change or delete one.
create table audit_entry (
    seq           bigint       not null auto_increment primary key,
    occurred_at   datetime(6)  not null,
    actor         varchar(64)  not null,
    release_id    binary(16),
    change_ticket varchar(64),
    action        varchar(64)  not null,
    subject       varchar(255) not null,
    facts_before  longtext     not null,
    facts_after   longtext     not null
) ${tableOptions};
create index audit_entry_release on audit_entry (release_id, seq);
