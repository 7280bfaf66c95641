-- Locks the tenant's lane for this transaction and returns it, unless a newer attempt has been here. Whatever a caller
-- reads afterwards is what the last holder of the lock committed. How long it waited is in tenantry.lane_wait_ms until
-- the transaction ends.
-- TN002  a newer attempt has been recorded
-- TN004  no such tenant in this database
-- 25001  the transaction is not READ COMMITTED, so what it reads after the lock might be older than the lock
CREATE OR REPLACE FUNCTION tenantry.lock_lane(p_tenant text, p_fence bigint) RETURNS tenantry.tenant
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
  v_began timestamptz := clock_timestamp();
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE 'a tenant is changed in READ COMMITTED only' USING ERRCODE = '25001';
  END IF;
  SELECT * INTO v_lane FROM tenantry.tenant WHERE tenant_id = p_tenant FOR UPDATE;
  IF NOT FOUND THEN
    RAISE 'no tenant % in this database', p_tenant USING ERRCODE = 'TN004';
  END IF;
  PERFORM set_config('tenantry.lane_wait_ms',
    round(extract(epoch FROM clock_timestamp() - v_began) * 1000, 3)::text, true);
  IF p_fence IS NULL OR p_fence < v_lane.fence THEN
    RAISE 'stale attempt: fence % of tenant % is behind %', p_fence, p_tenant, v_lane.fence USING ERRCODE = 'TN002';
  END IF;
  RETURN v_lane;
END $$;
