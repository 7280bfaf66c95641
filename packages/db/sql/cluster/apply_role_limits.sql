-- Gives the tenant's login roles and its owner the limits that are written down for it; touches only what differs. Ask
-- under the lane's lock. Returns the resources that cannot be held here: temporary space is a superuser's to limit, and
-- so are event triggers, by which relations are counted.
CREATE OR REPLACE FUNCTION tenantry.apply_role_limits(p_lane tenantry.tenant) RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_limit tenantry.tenant_limit;
  v_temp text;
  v_role record;
  v_unheld text[] := '{}';
BEGIN
  SELECT * INTO v_limit FROM tenantry.tenant_limit WHERE tenant_id = p_lane.tenant_id;
  v_temp := tenantry.temp_setting(v_limit.temp_bytes);
  FOR v_role IN
    SELECT r.oid, r.rolname, r.rolconnlimit, (
      SELECT substr(c, 17) FROM pg_db_role_setting s, unnest(s.setconfig) c
      WHERE s.setrole = r.oid AND s.setdatabase = 0 AND c LIKE 'temp\_file\_limit=%') AS temp
    FROM pg_roles r WHERE r.rolname IN (p_lane.login_role, p_lane.previous_login_role)
  LOOP
    IF v_role.rolconnlimit <> coalesce(v_limit.connections, -1) THEN
      EXECUTE format('ALTER ROLE %I CONNECTION LIMIT %s', v_role.rolname, coalesce(v_limit.connections, -1));
    END IF;
    IF v_role.temp IS DISTINCT FROM v_temp THEN
      BEGIN
        EXECUTE CASE WHEN v_temp IS NULL THEN format('ALTER ROLE %I RESET temp_file_limit', v_role.rolname)
          ELSE format('ALTER ROLE %I SET temp_file_limit = %L', v_role.rolname, v_temp) END;
      EXCEPTION WHEN insufficient_privilege THEN
        v_unheld := ARRAY['temp_bytes'];
      END;
    END IF;
  END LOOP;
  -- While it is armed a script may be at work in it; disarm does the same.
  IF p_lane.nonce_hash IS NULL AND to_regrole(quote_ident(p_lane.owner_role)) IS NOT NULL THEN
    PERFORM tenantry.reset_role_settings(p_lane.owner_role);
  END IF;
  IF v_limit.temp_bytes IS NOT NULL AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    v_unheld := ARRAY['temp_bytes'];
  END IF;
  IF v_limit.relations IS NOT NULL
     AND NOT EXISTS (SELECT FROM pg_event_trigger WHERE evtname = 'tenantry_refuse_many_relations' AND evtenabled = 'A') THEN
    v_unheld := v_unheld || 'relations'::text;
  END IF;
  RETURN v_unheld;
END $$;
