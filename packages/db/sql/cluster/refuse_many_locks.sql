-- Event trigger: stops a tenant's script that takes more of the server's one lock table than its part, a quarter, before
-- the queries of all others fail. Counting locks takes time that grows with them, so it looks after one command in
-- sixteen, or in four where the table is small; which one nobody can foresee. A script that catches the refusal and goes
-- on to twice its part loses its session.
-- TN031  the script holds too many locks
CREATE OR REPLACE FUNCTION tenantry.refuse_many_locks() RETURNS event_trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_most bigint;
  v_held bigint;
BEGIN
  IF session_user !~ '^tn_[0-9a-z]{26}$' THEN
    RETURN;
  END IF;
  v_most := current_setting('max_locks_per_transaction')::bigint
    * (current_setting('max_connections')::bigint + current_setting('max_prepared_transactions')::bigint) / 4;
  IF get_byte(uuid_send(gen_random_uuid()), 0) & (CASE WHEN v_most < 1000 THEN 3 ELSE 15 END) <> 0 THEN
    RETURN;
  END IF;
  SELECT count(*) INTO v_held FROM pg_locks WHERE pid = pg_backend_pid() AND NOT fastpath;
  IF v_held > v_most THEN
    -- One lock in several modes is one in the table.
    SELECT count(DISTINCT (relation, classid, objid)) INTO v_held FROM pg_locks WHERE pid = pg_backend_pid() AND NOT fastpath;
  END IF;
  IF v_held > v_most * 2 THEN
    PERFORM pg_terminate_backend(pg_backend_pid());
  ELSIF v_held > v_most THEN
    RAISE 'this script holds % locks of the % that one may hold', v_held, v_most
      USING ERRCODE = 'TN031', HINT = 'Split the migration: a few hundred tables in each.';
  END IF;
END $$;
