-- Lets the tenant's owner log in until p_until with the secret behind p_verifier (a SCRAM-SHA-256 verifier, made by the
-- client: the secret itself never comes here), for one operation whose steps can be finished only by whoever knows the
-- nonce behind p_nonce_hash. Sessions of older attempts are ended first. Returns the tenant's schema.
-- TN002  stale attempt, or one that has begun to undo
-- TN004  no such tenant, or no schema yet
-- 22023  the verifier is not a SCRAM-SHA-256 verifier
CREATE OR REPLACE FUNCTION tenantry.arm(
  p_tenant text, p_operation text, p_fence bigint, p_verifier text, p_until timestamptz, p_nonce_hash bytea
) RETURNS name
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
BEGIN
  -- Anything else PostgreSQL would take for a password in clear, and the log might show it.
  IF p_verifier !~ '^SCRAM-SHA-256\$\d+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
    RAISE 'the verifier is not a SCRAM-SHA-256 verifier' USING ERRCODE = '22023';
  END IF;
  PERFORM tenantry.end_older_sessions(p_tenant, p_fence);
  PERFORM tenantry.claim_lane(p_tenant, p_operation, p_fence);
  UPDATE tenantry.tenant SET nonce_hash = p_nonce_hash, armed_until = p_until
    WHERE tenant_id = p_tenant RETURNING * INTO v_lane;
  IF v_lane.schema_created_at IS NULL THEN
    RAISE 'tenant % has no schema', p_tenant USING ERRCODE = 'TN004', HINT = 'Run create_tenant_schema first.';
  END IF;
  EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L VALID UNTIL %L', v_lane.owner_role, p_verifier, p_until);
  RETURN v_lane.schema;
END $$;
