-- Who got or lost which role when; lists of access are shown from it for any date.
create table access_change (
    id         bigint      not null auto_increment primary key,
    person_id  varchar(64) not null,
    group_name varchar(128) not null,
    joined     boolean     not null,
    changed_at datetime(6) not null,
    changed_by varchar(64) not null
) ${tableOptions};
create index access_change_person on access_change (person_id, group_name, id);
create index access_change_time on access_change (changed_at);
