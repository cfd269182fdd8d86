-- A vote of the board over a failed gate. A ballot is cast once and never changed.
create table board_vote (
    id              bigint        not null auto_increment primary key,
    release_id      binary(16)    not null,
    release_key     varchar(128)  not null,
    environment_key varchar(64)   not null,
    verdict_seq     bigint        not null,
    question        varchar(2000) not null,
    opened_at       datetime(6)   not null,
    ends_at         datetime(6)   not null,
    quorum          integer       not null,
    state           varchar(16)   not null,
    outcome         varchar(16),
    concluded_at    datetime(6),
    summary         varchar(2000)
) ${tableOptions};
create index board_vote_release on board_vote (release_id, id);
create index board_vote_state on board_vote (state, ends_at);

create table board_ballot (
    vote_id        bigint        not null,
    person_id      varchar(64)   not null,
    choice         varchar(16)   not null,
    reason         varchar(2000) not null,
    vote_condition varchar(2000) not null,
    cast_at        datetime(6)   not null,
    primary key (vote_id, person_id)
) ${tableOptions};
