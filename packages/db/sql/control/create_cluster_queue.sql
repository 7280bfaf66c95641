-- Promise: makes the queue of a cluster, and nothing else: the runtime role has no right to make tables. A queue that is
-- there stays as it is.
-- SQLSTATE 22023: not the id of a cluster.
CREATE OR REPLACE FUNCTION control.create_cluster_queue(p_cluster text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_queue text := 'operations-' || p_cluster;
  v_table name;
BEGIN
  IF p_cluster IS NULL OR p_cluster !~ '^cl_[0-9a-hjkmnp-tv-z]{26}$' THEN
    RAISE EXCEPTION 'not the id of a cluster: %', p_cluster USING ERRCODE = '22023';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('tenantry.create_cluster_queue'));
  -- In a partition of its own a long backlog costs a fetch 1 ms; in the shared table 67 ms.
  PERFORM pgboss.create_queue(v_queue, jsonb_build_object(
    'policy', 'standard', 'partition', true, 'notify', true, 'retryLimit', 0, 'expireInSeconds', 3600,
    'deleteAfterSeconds', 3600));
  SELECT table_name INTO STRICT v_table FROM pgboss.queue WHERE name = v_queue;
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON pgboss.%I TO tenantry_runtime', v_table);
END $$;
REVOKE ALL ON FUNCTION control.create_cluster_queue(text) FROM PUBLIC;
