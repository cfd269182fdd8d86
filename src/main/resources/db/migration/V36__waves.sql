-- Regions that a system reaches one after the other, each with the zone in which people there read the time.
create table system_region (
    system_key varchar(64) not null,
    region     varchar(64) not null,
    position_  integer     not null,
    zone       varchar(64) not null,
    primary key (system_key, region)
) ${tableOptions};

create table release_wave (
    release_id      binary(16)    not null,
    round_number    integer       not null,
    position_       integer       not null,
    region          varchar(64)   not null,
    zone            varchar(64)   not null,
    starts_at       datetime(6)   not null,
    ends_at         datetime(6)   not null,
    finding         varchar(1000) not null,
    handed_by       varchar(64),
    handed_at       datetime(6),
    note            varchar(2000),
    acknowledged_by varchar(64),
    acknowledged_at datetime(6),
    acknowledgement varchar(2000),
    primary key (release_id, round_number, position_)
) ${tableOptions};
