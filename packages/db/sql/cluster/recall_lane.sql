-- Makes the lane of a tenant say again what is there, whatever was done by hand: a lane that was lost or marked dropped
-- although something of the tenant exists comes back, and a schema that goes by another name gets p_schema again. What is
-- another tenant's is not taken: the schema is found by the lane's name, by its owner's right to create in it, or by
-- p_schema where that is nobody's.
-- Returns the schema's name, null when there is none. Safe to repeat: it looks before it acts.
-- TN002  a newer attempt has been recorded, or this very attempt has begun to undo
-- TN003  not names of ours
-- TN005  another schema has the name, or another tenant
CREATE OR REPLACE FUNCTION tenantry.recall_lane(p_tenant text, p_operation text, p_fence bigint, p_schema text)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_found text;
  v_real record;
  v_login name;
BEGIN
  PERFORM tenantry.require_names(p_tenant, p_schema);
  INSERT INTO tenantry.tenant (tenant_id, owner_role, writer_role, app_role, dropped_at)
    VALUES (p_tenant, p_tenant, p_tenant || '_w', p_tenant || '_app', clock_timestamp())
    ON CONFLICT (tenant_id) DO NOTHING;
  PERFORM tenantry.end_older_sessions(p_tenant, p_fence);
  PERFORM tenantry.claim_lane(p_tenant, p_operation, p_fence);
  PERFORM tenantry.refuse_taken_schema(p_tenant, p_schema);
  SELECT r.lane, r.schema, r.found, coalesce(r.roles, '{}') AS roles INTO v_real FROM tenantry.reality(p_tenant) r;
  v_found := CASE WHEN v_real.schema = ANY (v_real.found) THEN v_real.schema ELSE v_real.found[1] END;
  -- One of the right name that is nobody's: it was restored, or its privileges were taken away.
  IF v_found IS NULL THEN
    SELECT n.nspname INTO v_found FROM pg_namespace n WHERE n.nspname = p_schema AND NOT EXISTS (
      SELECT FROM aclexplode(n.nspacl) a JOIN pg_roles r ON r.oid = a.grantee
      WHERE a.privilege_type = 'CREATE' AND r.rolname ~ '^tn_[0-9a-z]{26}$');
  END IF;
  IF v_found IS NULL AND v_real.lane IS NULL THEN
    RETURN NULL;
  END IF;
  IF v_found <> p_schema THEN
    IF EXISTS (SELECT FROM pg_namespace WHERE nspname = p_schema) THEN
      RAISE 'a schema % exists beside %', p_schema, v_found
        USING ERRCODE = 'TN005', HINT = 'Find out which of the two is the tenant''s, and move the other one away.';
    END IF;
    EXECUTE format('ALTER SCHEMA %I RENAME TO %I', v_found, p_schema);
  END IF;
  -- A lane that comes back has forgotten by which roles the product logs in: the one without an end is the current one.
  SELECT r.rolname INTO v_login FROM pg_roles r
    WHERE r.rolname = ANY (v_real.roles) AND r.rolname ~ '_app_[ab]$'
    ORDER BY coalesce(r.rolvaliduntil, 'infinity') DESC, r.rolname LIMIT 1;
  UPDATE tenantry.tenant t SET
    schema = p_schema, dropped_at = NULL,
    schema_created_at = CASE WHEN v_found IS NOT NULL THEN coalesce(t.schema_created_at, clock_timestamp()) ELSE t.schema_created_at END,
    login_role = CASE WHEN t.dropped_at IS NULL THEN t.login_role ELSE v_login END,
    previous_login_role = CASE WHEN t.dropped_at IS NULL THEN t.previous_login_role ELSE (
      SELECT r.rolname FROM pg_roles r WHERE r.rolname = ANY (v_real.roles) AND r.rolname ~ '_app_[ab]$' AND r.rolname <> v_login
    ) END
    WHERE t.tenant_id = p_tenant;
  RETURN CASE WHEN v_found IS NOT NULL THEN p_schema END;
END $$;
