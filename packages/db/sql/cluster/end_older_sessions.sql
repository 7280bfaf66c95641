-- Ends what older attempts left running, and waits until it is gone: every session of the tenant's owner here, and worker
-- sessions named tenantry:<operation>:<fence> with an operation of this tenant and an older fence. Takes no lock, so
-- that a hung session which holds the lane cannot stop it. Returns how many it ended.
-- TN002  a newer attempt has been recorded: the caller is the older one
-- 55P03  a session did not end in time
CREATE OR REPLACE FUNCTION tenantry.end_older_sessions(p_tenant text, p_fence bigint) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
BEGIN
  SELECT * INTO v_lane FROM tenantry.tenant WHERE tenant_id = p_tenant;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  IF p_fence < v_lane.fence THEN
    RAISE 'stale attempt: fence % of tenant % is behind %', p_fence, p_tenant, v_lane.fence USING ERRCODE = 'TN002';
  END IF;
  PERFORM pg_stat_clear_snapshot();
  RETURN tenantry.terminate_backends(ARRAY(
    SELECT a.pid
    FROM pg_stat_activity a, regexp_match(a.application_name, '^tenantry:([^:]+):([0-9]{1,18})$') m (attempt)
    WHERE a.datname = current_database() AND (
       a.usename = v_lane.owner_role
       OR (a.usename = (SELECT worker_role FROM tenantry.installation)
           AND attempt[2]::bigint < p_fence
           AND (attempt[1] = v_lane.operation_id
                OR EXISTS (SELECT FROM tenantry.ledger WHERE tenant_id = p_tenant AND operation_id = attempt[1]))))
  ));
END $$;
