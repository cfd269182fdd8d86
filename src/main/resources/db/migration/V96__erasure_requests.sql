-- Who asked for the erasure of a person's data, and the second person who carried it out or was told why not.
create table erasure_request (
    id         bigint        not null auto_increment primary key,
    person_id  varchar(64)   not null,
    asked_by   varchar(64)   not null,
    asked_at   datetime(6)   not null,
    reason     varchar(2000) not null,
    decided_by varchar(64),
    decided_at datetime(6),
    erased     boolean
) ${tableOptions};
create index erasure_request_person on erasure_request (person_id, id);
create index release_involvement_person on release_involvement (person_id, since);
create index approval_decision_person on approval_decision (person_id, decided_at);
