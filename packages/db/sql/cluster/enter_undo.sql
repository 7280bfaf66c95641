-- Locks the tenant's lane for a way back and returns it as it was; from here on the attempt that undoes may do nothing
-- forward. A tenant that was never there gets a tombstone, so that its sleeping first attempt is refused as well.
-- TN002  a newer attempt has been recorded
-- TN003  not a tenant id
CREATE OR REPLACE FUNCTION tenantry.enter_undo(p_tenant text, p_operation text, p_fence bigint)
RETURNS tenantry.tenant
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
BEGIN
  PERFORM tenantry.require_names(p_tenant, 't_any');
  INSERT INTO tenantry.tenant (tenant_id, owner_role, writer_role, app_role, dropped_at)
    VALUES (p_tenant, p_tenant, p_tenant || '_w', p_tenant || '_app', clock_timestamp())
    ON CONFLICT (tenant_id) DO NOTHING;
  v_lane := tenantry.lock_lane(p_tenant, p_fence);
  UPDATE tenantry.tenant SET fence = p_fence, undone_fence = p_fence, operation_id = p_operation
    WHERE tenant_id = p_tenant;
  RETURN v_lane;
END $$;
