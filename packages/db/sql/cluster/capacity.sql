-- How full this database and its server are, in one row.
CREATE OR REPLACE FUNCTION tenantry.capacity() RETURNS TABLE (
  version text, tenants bigint, relations bigint, connections bigint, max_connections integer,
  locks bigint, max_locks bigint, database_bytes bigint, catalog_bytes bigint,
  oldest_transaction double precision, frozen_age bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT
    current_setting('server_version'),
    (SELECT count(*) FROM tenantry.tenant WHERE dropped_at IS NULL),
    (SELECT count(*) FROM pg_class),
    a.connections,
    current_setting('max_connections')::integer,
    -- What is locked by the fast path, and a transaction's own id, takes no place in the shared table.
    (SELECT count(*) FROM pg_locks WHERE NOT fastpath AND locktype <> 'virtualxid'),
    -- The shared lock table is one for the whole server: this many locks in all, whoever takes them.
    current_setting('max_locks_per_transaction')::bigint
      * (current_setting('max_connections')::bigint + current_setting('max_prepared_transactions')::bigint),
    pg_database_size(current_database()),
    -- By the index on oid: what PostgreSQL itself has made is below 16384.
    (SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class
     WHERE oid < 16384 AND relkind = 'r' AND relnamespace = 'pg_catalog'::regnamespace),
    a.oldest_transaction,
    (SELECT age(datfrozenxid) FROM pg_database WHERE datname = current_database())::bigint
  FROM (
    SELECT count(*) AS connections,
      coalesce(extract(epoch FROM clock_timestamp() - min(xact_start) FILTER (WHERE pid <> pg_backend_pid())), 0)::float8
        AS oldest_transaction
    FROM pg_stat_activity WHERE backend_type = 'client backend'
  ) a
$$;
