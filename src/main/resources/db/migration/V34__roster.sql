-- The roster that this installation keeps where no other is configured: who may stand for what, and when.
create table roster_member (
    person_id      varchar(64)  not null primary key,
    function_names varchar(500) not null,
    zone           varchar(64)  not null,
    days           varchar(20)  not null,
    hours_from     varchar(5)   not null,
    hours_until    varchar(5)   not null
) ${tableOptions};

create table roster_absence (
    person_id varchar(64)  not null,
    starts_at datetime(6)  not null,
    ends_at   datetime(6)  not null,
    reason    varchar(200) not null,
    primary key (person_id, starts_at)
) ${tableOptions};
create index roster_absence_span on roster_absence (ends_at, starts_at);

create table roster_duty (
    person_id     varchar(64) not null,
    function_name varchar(64) not null,
    starts_at     datetime(6) not null,
    ends_at       datetime(6) not null,
    primary key (person_id, function_name, starts_at)
) ${tableOptions};
create index roster_duty_span on roster_duty (ends_at, starts_at);

-- Who was asked to stand for a function in the window of a release, one after the other.
create table staffing_seat (
    release_id    binary(16)  not null,
    round_number  integer     not null,
    function_name varchar(64) not null,
    person_id     varchar(64) not null,
    turn          integer     not null,
    answer        varchar(16),
    asked_at      datetime(6) not null,
    answered_at   datetime(6),
    primary key (release_id, round_number, function_name, person_id)
) ${tableOptions};
