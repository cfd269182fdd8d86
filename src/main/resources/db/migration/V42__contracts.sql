-- Which versions of a consumer were verified with which versions of its provider.
create table contract_entry (
    id             bigint        not null auto_increment primary key,
    consumer       varchar(64)   not null,
    consumer_from  varchar(100)  not null,
    consumer_below varchar(100),
    provider       varchar(64)   not null,
    provider_from  varchar(100)  not null,
    provider_below varchar(100),
    works          boolean       not null,
    evidence       varchar(2000) not null,
    entered_by     varchar(64)   not null,
    entered_at     datetime(6)   not null,
    retired_by     varchar(64),
    retired_at     datetime(6)
) ${tableOptions};
create index contract_entry_pair on contract_entry (consumer, provider, retired_at);
create index contract_entry_provider on contract_entry (provider, retired_at);
create index contract_entry_present on contract_entry (retired_at, id);
