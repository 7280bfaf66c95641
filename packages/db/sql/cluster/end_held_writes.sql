-- Ends the transactions of a blocked tenant's application that were writing when the block came: PostgreSQL asks for the
-- right again only when it takes a lock, and what such a transaction has locked it may fill for as long as it lasts. Call
-- it when the block is committed; returns how many were ended. Once a block: whoever deletes rows later is let be.
-- 55P03  a session did not end in time
CREATE OR REPLACE FUNCTION tenantry.end_held_writes(p_tenant text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_ended integer;
BEGIN
  PERFORM FROM tenantry.tenant_limit WHERE tenant_id = p_tenant AND writes_blocked AND held_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  PERFORM pg_stat_clear_snapshot();
  v_ended := tenantry.terminate_backends(ARRAY(
    -- Whoever writes by the application's role: its logins, and roles that were kept when it was adopted.
    SELECT a.pid FROM tenantry.tenant t
    JOIN pg_roles r ON r.rolname = t.app_role
    JOIN pg_stat_activity a ON a.datname = current_database() AND (a.usesysid = r.oid OR a.usesysid IN (
      SELECT m.member FROM pg_auth_members m WHERE m.roleid = r.oid))
    WHERE t.tenant_id = p_tenant AND EXISTS (
      SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'relation' AND l.granted
        AND l.mode IN ('RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
          'AccessExclusiveLock'))));
  UPDATE tenantry.tenant_limit SET held_at = clock_timestamp() WHERE tenant_id = p_tenant;
  RETURN v_ended;
END $$;
