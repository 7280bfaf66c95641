-- Takes from a tenant's roles every member, and from them every membership, that Tenantry did not give.
CREATE OR REPLACE FUNCTION tenantry.revoke_strange_members(p_lane tenantry.tenant, p_group name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_row record;
BEGIN
  FOR v_row IN
    SELECT g.rolname AS role, u.rolname AS member, b.rolname AS giver
    FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member
    JOIN pg_roles b ON b.oid = m.grantor
    WHERE u.rolname <> current_user AND (
      g.rolname IN (p_lane.owner_role, p_lane.writer_role, p_lane.app_role, p_lane.login_role, p_lane.previous_login_role)
      OR u.rolname IN (p_lane.owner_role, p_lane.writer_role, p_lane.app_role, p_lane.login_role, p_lane.previous_login_role))
    AND NOT (g.rolname = p_group AND u.rolname IN (p_lane.owner_role, p_lane.writer_role, p_lane.app_role))
    AND NOT (g.rolname = p_lane.writer_role AND u.rolname = p_lane.app_role)
    AND NOT coalesce(g.rolname = p_lane.app_role AND u.rolname IN (p_lane.login_role, p_lane.previous_login_role), false)
  LOOP
    EXECUTE format('REVOKE %I FROM %I GRANTED BY %I CASCADE', v_row.role, v_row.member, v_row.giver);
  END LOOP;
END $$;
