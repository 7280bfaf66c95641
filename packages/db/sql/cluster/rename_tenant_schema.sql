-- Gives the tenant's schema another name; its roles find it under that name from their next session on. True when it had
-- to be renamed.
-- TN002  a newer attempt has been recorded
-- TN003  not a name of ours
-- TN004  no such tenant
-- TN005  a schema of that name exists
CREATE OR REPLACE FUNCTION tenantry.rename_tenant_schema(
  p_tenant text, p_operation text, p_fence bigint, p_step text, p_undo boolean, p_schema text
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
  v_role name;
BEGIN
  PERFORM tenantry.require_names(p_tenant, p_schema);
  IF NOT tenantry.begin_change(p_tenant, p_operation, p_fence, p_step, p_undo) THEN
    RETURN false;
  END IF;
  SELECT * INTO v_lane FROM tenantry.tenant WHERE tenant_id = p_tenant;
  IF v_lane.schema <> p_schema THEN
    PERFORM tenantry.refuse_taken_schema(p_tenant, p_schema);
    IF to_regnamespace(quote_ident(p_schema)) IS NOT NULL THEN
      RAISE 'a schema % exists already', p_schema
        USING ERRCODE = 'TN005', HINT = 'Somebody made it by hand: move it away, or choose another name.';
    END IF;
    EXECUTE format('ALTER SCHEMA %I RENAME TO %I', v_lane.schema, p_schema);
    FOREACH v_role IN ARRAY ARRAY[v_lane.app_role, v_lane.login_role, v_lane.previous_login_role] LOOP
      CONTINUE WHEN v_role IS NULL;
      EXECUTE format('ALTER ROLE %I SET search_path = %I', v_role, p_schema);
    END LOOP;
    UPDATE tenantry.tenant SET schema = p_schema WHERE tenant_id = p_tenant;
  END IF;
  PERFORM tenantry.end_change(p_tenant, p_operation, p_fence, p_step, p_undo);
  RETURN true;
END $$;
