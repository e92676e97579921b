#!/bin/bash
# Makes the log-in of the search, jangbu_search_api, which may what jangbu_search may and no more; its password comes from the
# file compose mounts. Once in an empty PostgreSQL, and again by each bin/up: a server older than the search gets it so.
set -euo pipefail

psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    -v password="$(cat /run/secrets/jangbu_search_password)" <<'SQL'
SELECT 'CREATE ROLE jangbu_search_api LOGIN IN ROLE jangbu_search'
WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'jangbu_search_api')
\gexec
ALTER ROLE jangbu_search_api PASSWORD :'password';
SQL
