-- How full this database and its server are, in one row.
CREATE OR REPLACE FUNCTION tenantry.capacity() RETURNS TABLE (
  version text, tenants bigint, relations bigint, connections bigint, max_connections integer,
  max_locks bigint, database_bytes bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT
    current_setting('server_version'),
    (SELECT count(*) FROM tenantry.tenant WHERE dropped_at IS NULL),
    (SELECT count(*) FROM pg_class),
    (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
    current_setting('max_connections')::integer,
    -- The shared lock table is one for the whole server: this many locks in all, whoever takes them.
    current_setting('max_locks_per_transaction')::bigint
      * (current_setting('max_connections')::bigint + current_setting('max_prepared_transactions')::bigint),
    pg_database_size(current_database())
$$;
