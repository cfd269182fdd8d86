-- Who is behind an opaque id. The displayed name is in the engine's row of the user, so that Tasklist shows it.
create table person (
    id         varchar(64)  not null primary key,
    login      varchar(64)  not null unique,
    mail       varchar(254),
    state      varchar(16)  not null,
    created_at datetime(6)  not null,
    erased_at  datetime(6)
) ${tableOptions};

-- Changes of accounts that one administrator made and a second has still to make; group_id is empty where no group is meant.
create table account_proposal (
    action      varchar(16) not null,
    person_id   varchar(64) not null,
    group_id    varchar(64) not null,
    proposed_by varchar(64) not null,
    proposed_at datetime(6) not null,
    primary key (action, person_id, group_id)
) ${tableOptions};
