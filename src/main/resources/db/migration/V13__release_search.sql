-- The words by which releases are found; written once with the release.
create table release_word (
    word       varchar(64) not null,
    release_id binary(16)  not null,
    primary key (word, release_id)
) ${tableOptions};

create index slipway_release_window on slipway_release (window_start);
create index slipway_release_hold on slipway_release (on_hold, requested_at);
