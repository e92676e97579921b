#!/bin/bash
# Makes the databases and their roles, once, in an empty PostgreSQL; passwords come from the files compose mounts.
#
#   airflow           database and log-in of Airflow
#   jangbu            database of the jobs, owned by jangbu_owner, with the roles the migrations grant to
#   jangbu_migrate    log-in of `load-job migrate`; works as jangbu_owner
#   jangbu_jobs       log-in of the jobs; may what job, loader, mart and lake may, and owns nothing
set -euo pipefail
secret() { cat "/run/secrets/$1"; }

psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    -v airflow="$(secret airflow_db_password)" \
    -v migrate="$(secret jangbu_migrate_password)" \
    -v jobs="$(secret jangbu_db_password)" <<'SQL'
CREATE ROLE airflow LOGIN PASSWORD :'airflow';
CREATE DATABASE airflow OWNER airflow;
REVOKE CONNECT ON DATABASE airflow FROM PUBLIC;

CREATE ROLE jangbu_owner NOLOGIN CREATEROLE;
CREATE ROLE jangbu_job NOLOGIN;
CREATE ROLE jangbu_loader NOLOGIN;
CREATE ROLE jangbu_mart NOLOGIN;
CREATE ROLE jangbu_analyst NOLOGIN;
CREATE ROLE jangbu_search NOLOGIN;
CREATE ROLE jangbu_lake NOLOGIN;
-- The migrations set limits on the analysts' role.
GRANT jangbu_analyst TO jangbu_owner WITH ADMIN OPTION;
CREATE DATABASE jangbu OWNER jangbu_owner;
REVOKE CONNECT ON DATABASE jangbu FROM PUBLIC;
GRANT CONNECT ON DATABASE jangbu TO jangbu_job, jangbu_loader, jangbu_mart, jangbu_analyst;

CREATE ROLE jangbu_migrate LOGIN PASSWORD :'migrate' IN ROLE jangbu_owner;
ALTER ROLE jangbu_migrate IN DATABASE jangbu SET role = 'jangbu_owner';
CREATE ROLE jangbu_jobs LOGIN PASSWORD :'jobs' IN ROLE jangbu_job, jangbu_loader, jangbu_mart, jangbu_lake;
SQL
