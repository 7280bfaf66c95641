-- Gives a tenant that has arrived here the login roles that it had elsewhere (what read_logins told), closed: none may log
-- in, and the application may not use the schema, until the tenant is resumed. Returns the fingerprint that the schema has while it is open, taken before it is closed; also
-- when the operation has done it already.
-- TN002  a newer attempt has been recorded
-- TN003  not a login role of this tenant, or not a verifier
-- TN004  no such tenant
CREATE OR REPLACE FUNCTION tenantry.take_logins(p_tenant text, p_operation text, p_fence bigint, p_logins jsonb)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
  v_login record;
  v_open text;
BEGIN
  IF NOT tenantry.begin_change(p_tenant, p_operation, p_fence, 'logins', false) THEN
    RETURN (SELECT result ->> 'fingerprint' FROM tenantry.ledger WHERE operation_id = p_operation AND step = 'logins');
  END IF;
  SELECT * INTO v_lane FROM tenantry.tenant WHERE tenant_id = p_tenant;
  FOR v_login IN SELECT * FROM jsonb_to_recordset(p_logins) l (role text, current boolean, verifier text, until timestamptz) LOOP
    IF v_login.role IN (v_lane.app_role || '_a', v_lane.app_role || '_b') IS NOT TRUE THEN
      RAISE '% is not a login role of tenant %', v_login.role, p_tenant USING ERRCODE = 'TN003';
    END IF;
    IF v_login.verifier ~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' IS NOT TRUE THEN
      RAISE 'not a SCRAM verifier' USING ERRCODE = 'TN003';
    END IF;
    -- On the server that it comes from the role is there, with everything.
    IF to_regrole(quote_ident(v_login.role)) IS NULL THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN IN ROLE %I', v_login.role, v_lane.app_role);
      EXECUTE format('ALTER ROLE %I SET search_path = %I', v_login.role, v_lane.schema);
      EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL %L', v_login.role, v_login.verifier, v_login.until);
    END IF;
  END LOOP;
  v_open := tenantry.fingerprint(v_lane.schema);
  EXECUTE format('REVOKE USAGE ON SCHEMA %I FROM %I', v_lane.schema, v_lane.app_role);
  UPDATE tenantry.tenant SET
    login_role = (SELECT l ->> 'role' FROM jsonb_array_elements(p_logins) l WHERE (l ->> 'current')::boolean),
    previous_login_role = (SELECT l ->> 'role' FROM jsonb_array_elements(p_logins) l WHERE NOT (l ->> 'current')::boolean),
    blocked_at = clock_timestamp()
    WHERE tenant_id = p_tenant RETURNING * INTO v_lane;
  PERFORM tenantry.apply_role_limits(v_lane);
  PERFORM tenantry.record_step(p_tenant, p_operation, p_fence, 'logins', jsonb_build_object('fingerprint', v_open));
  RETURN v_open;
END $$;
