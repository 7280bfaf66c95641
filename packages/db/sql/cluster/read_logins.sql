-- How the product logs in as a tenant that is about to move: its login roles with their SCRAM verifiers, so that they
-- work elsewhere with the password that the product has. For the operation that has closed the tenant, and nobody else.
-- TN002  another attempt has been recorded
-- TN004  no such tenant
-- 55000  the tenant is not closed by this operation
CREATE OR REPLACE FUNCTION tenantry.read_logins(p_tenant text, p_operation text, p_fence bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant := tenantry.lock_lane(p_tenant, p_fence);
BEGIN
  IF v_lane.fence <> p_fence OR v_lane.blocked_at IS NULL
     OR NOT EXISTS (SELECT FROM tenantry.ledger WHERE operation_id = p_operation AND tenant_id = p_tenant AND step = 'logins') THEN
    RAISE 'tenant % is not closed by operation %', p_tenant, p_operation USING ERRCODE = '55000';
  END IF;
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'role', a.rolname, 'current', a.rolname = v_lane.login_role, 'verifier', a.rolpassword,
      'until', coalesce(a.rolvaliduntil, 'infinity'))), '[]')
    FROM pg_authid a WHERE a.rolname IN (v_lane.login_role, v_lane.previous_login_role)
  );
END $$;
