-- Which template of a standard change a release is made from; who chose it answers for that.
alter table standard_change add version_no integer default 1 not null;
create table standard_change_use (
    release_id       binary(16)  not null primary key,
    template_key     varchar(64) not null,
    template_version integer     not null,
    chosen_by        varchar(64) not null,
    chosen_at        datetime(6) not null
) ${tableOptions};
create index standard_change_use_template on standard_change_use (template_key);
