-- Terminates the given backends and waits until they are gone, five seconds each at most. Returns how many there were.
-- 55P03  one did not end in time
CREATE OR REPLACE FUNCTION tenantry.terminate_backends(p_pids integer[]) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_pid integer;
  v_count integer := 0;
BEGIN
  FOREACH v_pid IN ARRAY p_pids LOOP
    CONTINUE WHEN v_pid = pg_backend_pid();
    IF NOT pg_terminate_backend(v_pid, 5000) THEN
      PERFORM pg_stat_clear_snapshot();
      IF EXISTS (SELECT FROM pg_stat_activity WHERE pid = v_pid) THEN
        RAISE 'backend % did not end within 5 s', v_pid USING ERRCODE = '55P03';
      END IF;
    END IF;
    v_count := v_count + 1;
  END LOOP;
  RETURN v_count;
END $$;
