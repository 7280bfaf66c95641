-- Ends the sessions of the kept roles whose search_path has changed, so that they come back with the new one, and tells
-- which other sessions have used the schema's old name or may have: {ended, told: [{role, application, sessions}]}. Safe to
-- repeat.
-- TN002  a newer attempt has been recorded
-- TN004  no such tenant
-- 55P03  a session did not end in time
CREATE OR REPLACE FUNCTION tenantry.end_adopted_sessions(p_tenant text, p_fence bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant := tenantry.lock_lane(p_tenant, p_fence);
  v_was jsonb := (
    SELECT result FROM tenantry.ledger WHERE tenant_id = v_lane.tenant_id AND step = 'adopt schema'
    ORDER BY finished_at DESC LIMIT 1);
  v_changed text[] := ARRAY(SELECT jsonb_array_elements_text(v_was #> '{told,roles}'));
  v_before oid[] := tenantry.grantees_of(v_was -> 'acl') || (v_was ->> 'owner')::oid;
BEGIN
  PERFORM pg_stat_clear_snapshot();
  RETURN jsonb_build_object(
    'told', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('role', s.usename, 'application', s.application_name, 'sessions', s.n)), '[]')
      FROM (
        SELECT a.usename, a.application_name, count(*) AS n FROM pg_stat_activity a
        WHERE a.datname = current_database() AND a.usename <> ALL (v_changed)
          AND EXISTS (
            SELECT FROM unnest(v_before) b (role)
            JOIN pg_roles r ON r.oid = b.role AND NOT r.rolsuper
            WHERE pg_has_role(a.usesysid, r.oid, 'MEMBER') AND NOT (SELECT rolsuper FROM pg_roles WHERE oid = a.usesysid))
        GROUP BY 1, 2 ORDER BY 1, 2
      ) s),
    'ended', tenantry.terminate_backends(ARRAY(
      SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = ANY (v_changed))));
END $$;
