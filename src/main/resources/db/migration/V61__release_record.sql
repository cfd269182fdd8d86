-- What each audience was last told of a release; only what differs from it is told next.
create table release_record_told (
    release_id binary(16)  not null,
    audience   varchar(64) not null,
    content    longtext    not null,
    told_at    datetime(6) not null,
    primary key (release_id, audience)
) ${tableOptions};

-- Faults of a release that people may meet, with the way around them.
create table known_issue (
    id          bigint        not null auto_increment primary key,
    release_id  binary(16)    not null,
    title       varchar(200)  not null,
    effect      varchar(2000) not null,
    workaround  varchar(2000) not null,
    entered_by  varchar(64)   not null,
    entered_at  datetime(6)   not null,
    resolved_by varchar(64),
    resolved_at datetime(6)
) ${tableOptions};
create index known_issue_release on known_issue (release_id, id);

-- Receipts: who confirmed to have read which content.
create table mail_acknowledgement (
    mail_id         bigint      not null primary key,
    release_id      binary(16),
    person_id       varchar(64) not null,
    content_digest  varchar(64) not null,
    acknowledged_at datetime(6) not null
) ${tableOptions};
create index mail_acknowledgement_release on mail_acknowledgement (release_id, person_id);
