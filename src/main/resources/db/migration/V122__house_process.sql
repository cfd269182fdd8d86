-- Processes of which exactly one is to run, however many nodes start at the same moment: whoever starts one holds its row.
create table house_process (
    own_key     varchar(128) not null,
    process_key varchar(64)  not null,
    primary key (own_key, process_key)
) ${tableOptions};
