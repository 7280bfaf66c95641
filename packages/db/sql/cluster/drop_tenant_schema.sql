-- Ends the tenant's sessions and drops its schema with all that is in it; the way back of create_tenant_schema and of
-- every step that worked inside. Drops only a schema that Tenantry made. The operation's ledger rows for those steps
-- go too, so a later attempt does them again. True when there was a schema to drop; safe to repeat.
-- TN002  stale attempt
-- TN003  not a tenant id
-- 2BP01  the schema was adopted, and the tenant is not closed: it is given back (give_back_schema) or archived first
CREATE OR REPLACE FUNCTION tenantry.drop_tenant_schema(p_tenant text, p_operation text, p_fence bigint)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
BEGIN
  PERFORM tenantry.end_older_sessions(p_tenant, p_fence);
  v_lane := tenantry.enter_undo(p_tenant, p_operation, p_fence);
  PERFORM tenantry.refuse_adopted(v_lane);
  DELETE FROM tenantry.ledger
    WHERE operation_id = p_operation AND tenant_id = p_tenant AND step <> 'roles' AND step NOT LIKE 'undo %';
  IF v_lane.schema_created_at IS NULL THEN
    RETURN false;
  END IF;

  PERFORM tenantry.close_roles(v_lane);
  EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', v_lane.schema);
  UPDATE tenantry.tenant SET schema_created_at = NULL, adopted_from = NULL, adopted_oid = NULL WHERE tenant_id = p_tenant;
  PERFORM tenantry.record_step(p_tenant, p_operation, p_fence, 'undo schema');
  RETURN true;
END $$;
