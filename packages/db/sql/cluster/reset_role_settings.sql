-- Puts the owner role's own settings back to what Tenantry gives it: a ceiling for temporary files, which the owner
-- cannot lift, where the installer is a superuser; nothing otherwise. Touches the catalog only when something differs.
CREATE OR REPLACE FUNCTION tenantry.reset_role_settings(p_role name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_super boolean := (SELECT rolsuper FROM pg_roles WHERE rolname = current_user);
  v_wanted text[] := CASE WHEN v_super THEN ARRAY['temp_file_limit=1GB'] END;
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
    EXECUTE format('ALTER ROLE %I SET temp_file_limit = ''1GB''', p_role);
  END IF;
END $$;
