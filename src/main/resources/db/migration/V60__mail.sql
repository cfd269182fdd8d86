-- A notice is addressed once: from then on there is one message for each person who was a recipient at that moment.
alter table notice add column addressed_at datetime(6);
create index notice_unaddressed on notice (addressed_at, id);

-- What was sent to whom: the archive, and what is still to be delivered. The content is canonical JSON, and its digest is kept.
create table mail_message (
    id              bigint       not null auto_increment primary key,
    notice_id       bigint       not null,
    person_id       varchar(64)  not null,
    release_id      binary(16),
    kind            varchar(64)  not null,
    audience        varchar(64)  not null,
    subject         varchar(300) not null,
    content         longtext     not null,
    content_digest  varchar(64)  not null,
    message_id      varchar(200) not null unique,
    address         varchar(254),
    channel         varchar(16),
    state           varchar(16)  not null,
    attempts        integer      not null,
    next_attempt_at datetime(6)  not null,
    failure         varchar(500),
    acknowledgeable boolean      not null,
    created_at      datetime(6)  not null,
    sent_at         datetime(6)
) ${tableOptions};
create unique index mail_message_once on mail_message (notice_id, person_id);
create index mail_message_due on mail_message (state, next_attempt_at);
create index mail_message_person on mail_message (person_id, id);
create index mail_message_release on mail_message (release_id, id);

-- Mails that no server took, as their readers find them on the outbox page.
create table outbox_mail (
    message_id varchar(200) not null primary key,
    recipient  varchar(254) not null,
    subject    varchar(300) not null,
    plain      longtext     not null,
    html       longtext     not null,
    kept_at    datetime(6)  not null
) ${tableOptions};

-- The zone in which a person reads mails; without a row it is the zone of the house.
create table mail_zone (
    person_id varchar(64) not null primary key,
    zone_name varchar(64) not null
) ${tableOptions};

-- Tasks that people were told of: when they are reminded, and when a deputy is told.
create table task_watch (
    task_id      varchar(64)  not null primary key,
    task_name    varchar(255) not null,
    subject_key  varchar(255) not null,
    release_id   binary(16),
    group_names  varchar(2000) not null,
    page         varchar(500) not null,
    remind_at    datetime(6)  not null,
    due_at       datetime(6)  not null,
    reminded_at  datetime(6),
    escalated_at datetime(6)
) ${tableOptions};
create index task_watch_remind on task_watch (reminded_at, remind_at);
create index task_watch_due on task_watch (escalated_at, due_at);

-- Who is told when a role leaves a task lying.
create table deputy (
    role_name   varchar(64) not null primary key,
    deputy_name varchar(64) not null
) ${tableOptions};
insert into deputy (role_name, deputy_name) values
    ('release-manager', 'change-authority'),
    ('product-owner', 'release-manager'),
    ('developer', 'release-manager'),
    ('qa', 'release-manager'),
    ('security', 'release-manager'),
    ('dba', 'operations'),
    ('operations', 'release-manager'),
    ('deployer', 'operations'),
    ('change-authority', 'release-manager'),
    ('cab-member', 'change-authority'),
    ('incident-manager', 'operations'),
    ('service-desk', 'incident-manager'),
    ('process-owner', 'release-manager');
