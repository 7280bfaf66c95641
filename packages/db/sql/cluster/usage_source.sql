-- Whose counters they are: another stats_reset, or fewer commits than before, and all of them began anew (a crash
-- discards them). statements_reset is null where pg_stat_statements is not there to be read; may_read_files: usage_files
-- works, because the installer is a superuser.
CREATE OR REPLACE FUNCTION tenantry.usage_source() RETURNS TABLE (
  stats_reset timestamptz, commits bigint, statements_reset timestamptz, may_read_files boolean
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_info text := tenantry.statements_function('pg_stat_statements_info');
BEGIN
  SELECT d.stats_reset, d.xact_commit INTO stats_reset, commits
    FROM pg_stat_database d WHERE d.datname = current_database();
  may_read_files := (SELECT rolsuper FROM pg_roles WHERE rolname = current_user);
  IF v_info IS NOT NULL THEN
    BEGIN
      EXECUTE format('SELECT i.stats_reset FROM %s() i', v_info) INTO statements_reset;
    EXCEPTION WHEN object_not_in_prerequisite_state THEN
      -- The extension is there, its library is not loaded.
      NULL;
    END;
  END IF;
  RETURN NEXT;
END $$;
