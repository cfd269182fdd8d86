-- Sessions of people who have signed in, so that any node knows them. The names are those that the library uses.
create table SPRING_SESSION (
    PRIMARY_ID            char(36)     not null primary key,
    SESSION_ID            char(36)     not null,
    CREATION_TIME         bigint       not null,
    LAST_ACCESS_TIME      bigint       not null,
    MAX_INACTIVE_INTERVAL integer      not null,
    EXPIRY_TIME           bigint       not null,
    PRINCIPAL_NAME        varchar(100)
) ${tableOptions};
create unique index spring_session_id on SPRING_SESSION (SESSION_ID);
create index spring_session_expiry on SPRING_SESSION (EXPIRY_TIME);
create index spring_session_principal on SPRING_SESSION (PRINCIPAL_NAME);

create table SPRING_SESSION_ATTRIBUTES (
    SESSION_PRIMARY_ID char(36)     not null,
    ATTRIBUTE_NAME     varchar(200) not null,
    ATTRIBUTE_BYTES    longblob     not null,
    primary key (SESSION_PRIMARY_ID, ATTRIBUTE_NAME),
    constraint spring_session_attributes_of foreign key (SESSION_PRIMARY_ID) references SPRING_SESSION (PRIMARY_ID) on delete cascade
) ${tableOptions};

-- The programs that work on this database. Times are the database's own, because the clocks of two machines differ.
create table node (
    node_name      varchar(100) not null primary key,
    incarnation    varchar(36)  not null,
    state          varchar(16)  not null,
    started_at     datetime(6)  not null,
    seen_at        datetime(6)  not null,
    clock_ahead_ms bigint       not null
) ${tableOptions};

-- Whose turn it is with work that one node at a time does by the clock.
create table node_turn (
    turn_name varchar(64) not null primary key,
    holder    varchar(36) not null,
    ends_at   datetime(6) not null
) ${tableOptions};

-- What operations has to look at: one row from the moment it was found until it is gone, and the row stays.
create table alarm (
    id         bigint        not null auto_increment primary key,
    open_key   varchar(200) unique,
    alarm_key  varchar(200)  not null,
    kind       varchar(64)   not null,
    cause      varchar(1000) not null,
    remedy     varchar(1000) not null,
    raised_at  datetime(6)   not null,
    cleared_at datetime(6)
) ${tableOptions};
create index alarm_cleared on alarm (cleared_at, id);
