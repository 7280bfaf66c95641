-- Lets the tenant's application roles into its schema, or not. Takes effect at once, in open transactions and for
-- prepared statements too.
-- TN002  a newer attempt has been recorded
-- TN004  no such tenant
CREATE OR REPLACE FUNCTION tenantry.set_tenant_usage(
  p_tenant text, p_operation text, p_fence bigint, p_step text, p_undo boolean, p_allowed boolean
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
BEGIN
  IF NOT tenantry.begin_change(p_tenant, p_operation, p_fence, p_step, p_undo) THEN
    RETURN false;
  END IF;
  SELECT * INTO v_lane FROM tenantry.tenant WHERE tenant_id = p_tenant;
  EXECUTE format(
    CASE WHEN p_allowed THEN 'GRANT USAGE ON SCHEMA %I TO %I' ELSE 'REVOKE USAGE ON SCHEMA %I FROM %I' END,
    v_lane.schema, v_lane.app_role);
  PERFORM tenantry.end_change(p_tenant, p_operation, p_fence, p_step, p_undo);
  RETURN true;
END $$;
