-- What tells of a server in trouble and is no limit of its own, in one row. Null: there is none of it (no standby), or this
-- installer may not know (no superuser, no pg_monitor).
--   wal_bytes            written since the server was made; null on a standby
--   replication_lag_*    of the standby that is furthest behind
--   catalog_dead_ratio   dead rows of the catalogs of all their rows: what bloats them
--   data_directory       where its files are: whoever runs on the same machine can look how much room is left
CREATE OR REPLACE FUNCTION tenantry.vitals() RETURNS TABLE (
  wal_bytes numeric, replication_lag_seconds double precision, replication_lag_bytes numeric,
  catalog_dead_ratio double precision, data_directory text
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT pg_is_in_recovery() THEN
    wal_bytes := pg_current_wal_lsn() - '0/0'::pg_lsn;
  END IF;
  SELECT max(extract(epoch FROM coalesce(r.replay_lag, interval '0')))::float8,
    max(coalesce('0/0'::pg_lsn + wal_bytes - r.replay_lsn, 0))
    INTO replication_lag_seconds, replication_lag_bytes
    FROM pg_stat_replication r WHERE r.state = 'streaming';
  SELECT sum(pg_stat_get_dead_tuples(c.oid))::float8
      / nullif(sum(pg_stat_get_dead_tuples(c.oid) + greatest(pg_stat_get_live_tuples(c.oid), c.reltuples)), 0)::float8
    INTO catalog_dead_ratio
    FROM pg_class c WHERE c.oid < 16384 AND c.relkind = 'r' AND c.relnamespace = 'pg_catalog'::regnamespace;
  IF pg_has_role(current_user, 'pg_read_all_settings', 'member') THEN
    data_directory := current_setting('data_directory', true);
  END IF;
  RETURN NEXT;
END $$;
