#!/bin/sh
# Two databases, each its own role's and closed to the other: the warehouse, and Prefect's bookkeeping (which wants pg_trgm).
set -eu
psql --set ON_ERROR_STOP=1 --username postgres \
  --set warehouse="$GONGKAI_DB_PASSWORD" --set prefect="$PREFECT_DB_PASSWORD" <<'SQL'
CREATE ROLE gongkai LOGIN PASSWORD :'warehouse';
CREATE ROLE prefect LOGIN PASSWORD :'prefect';
CREATE DATABASE gongkai OWNER gongkai ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE prefect OWNER prefect ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE gongkai, prefect FROM PUBLIC;
GRANT CONNECT ON DATABASE gongkai TO gongkai;
GRANT CONNECT ON DATABASE prefect TO prefect;
\connect prefect
CREATE EXTENSION IF NOT EXISTS pg_trgm;
SQL
