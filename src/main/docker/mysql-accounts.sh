#!/usr/bin/env bash
# At the first start of the server: the owner of the schema, who migrates, and the account of the nodes, which gets its rights table by
# table from the migrator.
#
# The entry point of the image runs this, or reads it into itself where the file is not executable; what is set here stays set there.
set -eo pipefail
: "${MYSQL_ROOT_PASSWORD:?}" "${SLIPWAY_MIGRATOR_PASSWORD:?}" "${SLIPWAY_DATABASE_PASSWORD:?}"

text() {
  printf "'%s'" "$(printf '%s' "$1" | sed "s/\\\\/\\\\\\\\/g; s/'/''/g")"
}

MYSQL_PWD=$MYSQL_ROOT_PASSWORD mysql --user=root <<SQL
create database if not exists slipway character set utf8mb4 collate utf8mb4_bin;
create user if not exists 'slipway_migrator'@'%' identified by $(text "$SLIPWAY_MIGRATOR_PASSWORD");
create user if not exists 'slipway'@'%' identified by $(text "$SLIPWAY_DATABASE_PASSWORD");
grant all on slipway.* to 'slipway_migrator'@'%' with grant option;
SQL
