#!/bin/sh
# Creates Temporal's two databases in PostgreSQL, or updates their tables to the version of this image. Safe to repeat.
set -eu
SQL_PASSWORD=$(cat /run/secrets/postgres_password)
export SQL_PASSWORD

for database in temporal temporal_visibility; do
  run() { temporal-sql-tool --plugin postgres12 --ep postgres -p 5432 -u lotkeeper --db "$database" "$@"; }
  case $database in temporal) schema=temporal ;; *) schema=visibility ;; esac
  run create
  run setup-schema -v 0.0
  run update-schema --schema-name "postgresql/v12/$schema"
done
