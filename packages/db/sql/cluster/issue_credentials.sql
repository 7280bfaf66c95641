-- Gives the product a new way to log in as the tenant: of two login roles, members of the application role, the one that
-- is not current gets the verifier and becomes current; the other stays valid until p_overlap_until. Returns the name of
-- the new login role, also when the operation has done it already.
-- TN002  a newer attempt has been recorded
-- TN003  not a verifier
-- TN004  no such tenant
-- TN005  a role of that name exists and is not ours
CREATE OR REPLACE FUNCTION tenantry.issue_credentials(
  p_tenant text, p_operation text, p_fence bigint, p_verifier text, p_overlap_until timestamptz
) RETURNS name
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
  v_new name;
BEGIN
  IF p_verifier IS NULL OR p_verifier !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
    RAISE 'not a SCRAM verifier' USING ERRCODE = 'TN003';
  END IF;
  IF NOT tenantry.begin_change(p_tenant, p_operation, p_fence, 'credentials', false) THEN
    RETURN (SELECT result ->> 'role' FROM tenantry.ledger WHERE operation_id = p_operation AND step = 'credentials');
  END IF;
  SELECT * INTO v_lane FROM tenantry.tenant WHERE tenant_id = p_tenant;
  v_new := v_lane.app_role || CASE WHEN v_lane.login_role LIKE '%\_a' THEN '_b' ELSE '_a' END;
  IF to_regrole(quote_ident(v_new)) IS NULL THEN
    EXECUTE format('CREATE ROLE %I NOLOGIN IN ROLE %I', v_new, v_lane.app_role);
  ELSIF v_new IS DISTINCT FROM v_lane.previous_login_role THEN
    RAISE 'a role % exists already', v_new
      USING ERRCODE = 'TN005', HINT = 'Another database of this server made it, or somebody did by hand.';
  END IF;
  -- Whoever still uses the credentials before the previous ones has had a whole rotation to move.
  PERFORM tenantry.terminate_backends(ARRAY(SELECT pid FROM pg_stat_activity WHERE usename = v_new AND datname = current_database()));
  EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL ''infinity''', v_new, p_verifier);
  EXECUTE format('ALTER ROLE %I SET search_path = %I', v_new, v_lane.schema);
  EXECUTE format('ALTER ROLE %I %s', v_new, CASE WHEN v_lane.blocked_at IS NULL THEN 'LOGIN' ELSE 'NOLOGIN' END);
  IF v_lane.login_role IS NOT NULL THEN
    EXECUTE format('ALTER ROLE %I VALID UNTIL %L', v_lane.login_role, p_overlap_until);
  END IF;
  UPDATE tenantry.tenant SET login_role = v_new, previous_login_role = v_lane.login_role
    WHERE tenant_id = p_tenant RETURNING * INTO v_lane;
  PERFORM tenantry.apply_role_limits(v_lane);
  PERFORM tenantry.record_step(p_tenant, p_operation, p_fence, 'credentials', jsonb_build_object('role', v_new));
  RETURN v_new;
END $$;
