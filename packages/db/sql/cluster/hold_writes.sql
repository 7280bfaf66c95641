-- Takes the writer role from the application, or gives it back: one REVOKE or GRANT however many tables there are, felt
-- at the next statement of every session and for prepared statements too; only a transaction that has a table locked for
-- writing goes on, see end_held_writes. Reading, DELETE and TRUNCATE are the application's own. True when something had to be done.
CREATE OR REPLACE FUNCTION tenantry.hold_writes(p_lane tenantry.tenant, p_blocked boolean) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_giver name;
  v_done boolean := false;
BEGIN
  IF NOT p_blocked THEN
    IF EXISTS (SELECT FROM pg_auth_members WHERE roleid = to_regrole(quote_ident(p_lane.writer_role))
        AND member = to_regrole(quote_ident(p_lane.app_role))) THEN
      RETURN false;
    END IF;
    EXECUTE format('GRANT %I TO %I', p_lane.writer_role, p_lane.app_role);
    RETURN true;
  END IF;
  -- Whoever else gave it, to whichever of the tenant's roles.
  FOR v_giver IN
    SELECT DISTINCT b.rolname FROM pg_auth_members m JOIN pg_roles b ON b.oid = m.grantor
    WHERE m.roleid = to_regrole(quote_ident(p_lane.writer_role)) AND m.member = to_regrole(quote_ident(p_lane.app_role))
  LOOP
    EXECUTE format('REVOKE %I FROM %I GRANTED BY %I CASCADE', p_lane.writer_role, p_lane.app_role, v_giver);
    v_done := true;
  END LOOP;
  RETURN v_done;
END $$;
