#!/usr/bin/env bash
# Makes the application's database and its two roles on an empty PostgreSQL server:
#   owner  owns the database and its tables, runs migrate, and nothing else;
#   web    serves the application: reads and writes rows, owns nothing, and row-level security holds for it.
# Neither is a superuser. The PostgreSQL image runs this once, on a new volume; the tests run it on a server of their own.
#
# Environment: POSTGRES_USER (a superuser), APP_DATABASE, OWNER_ROLE, OWNER_PASSWORD, WEB_ROLE, WEB_PASSWORD.
set -euo pipefail

psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  -v database="${APP_DATABASE:-mentoring}" \
  -v owner="${OWNER_ROLE:-mentoring_owner}" -v owner_password="${OWNER_PASSWORD:?a password for the owner is needed}" \
  -v web="${WEB_ROLE:-mentoring_web}" -v web_password="${WEB_PASSWORD:?a password for the web role is needed}" <<'SQL'
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password' NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE ROLE :"web" LOGIN PASSWORD :'web_password' NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE DATABASE :"database" OWNER :"owner" ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"web";

\connect :"database"
-- Tables get their grants from migrate (rows only: no TRUNCATE, no tables of its own).
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO :"owner";
GRANT USAGE ON SCHEMA public TO :"web";
SQL
