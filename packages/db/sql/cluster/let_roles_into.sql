-- Lets the roles of a tenant that moves into another Tenantry database of this server, or no longer: makes them members of
-- the group of its tenants, without which create_tenant_roles takes no existing role there. Only the database that a
-- tenant is in can say this of it.
-- TN002  a newer attempt has been recorded
-- TN003  not the group of another database's tenants
-- TN004  no such tenant
CREATE OR REPLACE FUNCTION tenantry.let_roles_into(
  p_tenant text, p_operation text, p_fence bigint, p_step text, p_undo boolean, p_group name
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
BEGIN
  IF NOT tenantry.begin_change(p_tenant, p_operation, p_fence, p_step, p_undo) THEN
    RETURN false;
  END IF;
  IF NOT EXISTS (
    SELECT FROM pg_database d WHERE p_group = 'tenantry_tenants_' || d.oid AND d.datname <> current_database()
  ) THEN
    RAISE '% is not the group of another database''s tenants', p_group USING ERRCODE = 'TN003';
  END IF;
  SELECT * INTO v_lane FROM tenantry.tenant WHERE tenant_id = p_tenant;
  EXECUTE format(CASE WHEN p_undo THEN 'REVOKE %I FROM %I, %I, %I' ELSE 'GRANT %I TO %I, %I, %I' END,
    p_group, v_lane.owner_role, v_lane.writer_role, v_lane.app_role);
  PERFORM tenantry.end_change(p_tenant, p_operation, p_fence, p_step, p_undo);
  RETURN true;
END $$;
