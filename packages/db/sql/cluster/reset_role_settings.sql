-- Puts the owner role's own settings back to what Tenantry gives it: a ceiling for temporary files, the tenant's limit
-- or 1 GB, which the owner cannot lift, where the installer is a superuser; nothing otherwise. Touches the catalog only when something differs.
CREATE OR REPLACE FUNCTION tenantry.reset_role_settings(p_role name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_super boolean := (SELECT rolsuper FROM pg_roles WHERE rolname = current_user);
  v_temp text := coalesce((
    SELECT tenantry.temp_setting(l.temp_bytes) FROM tenantry.tenant t JOIN tenantry.tenant_limit l ON l.tenant_id = t.tenant_id
    WHERE t.owner_role = p_role), '1GB');
  v_wanted text[] := CASE WHEN v_super THEN ARRAY['temp_file_limit=' || v_temp] END;
  v_set record;
BEGIN
  FOR v_set IN
    SELECT d.datname FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase
    WHERE s.setrole = p_role::regrole AND (s.setdatabase <> 0 OR s.setconfig IS DISTINCT FROM v_wanted)
  LOOP
    IF v_set.datname IS NULL THEN
      EXECUTE format('ALTER ROLE %I RESET ALL', p_role);
    ELSE
      EXECUTE format('ALTER ROLE %I IN DATABASE %I RESET ALL', p_role, v_set.datname);
    END IF;
  END LOOP;
  IF v_super AND NOT EXISTS (
    SELECT FROM pg_db_role_setting WHERE setrole = p_role::regrole AND setdatabase = 0
  ) THEN
    EXECUTE format('ALTER ROLE %I SET temp_file_limit = %L', p_role, v_temp);
  END IF;
END $$;
