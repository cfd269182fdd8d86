-- With which configuration a service was started; the digest counts secrets by their names alone.
alter table service_instance add configuration_digest varchar(64) default '' not null;
