-- Called by the tenant's owner in its own session, in a transaction that begin_op has opened: until its end no ordinary
-- trigger fires and no foreign key is checked, so that the rows of another schema arrive as they were there, in any
-- order. What was whole in one snapshot is whole again; whoever calls this proves it afterwards. Only the nonce proves
-- that the worker asks and not a script.
-- 28000  not armed for this operation, or the nonce is wrong
-- 42501  the installer may not set session_replication_role
CREATE OR REPLACE FUNCTION tenantry.silence_triggers(p_operation text, p_nonce bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant := tenantry.own_lane(p_operation);
BEGIN
  IF sha256(p_nonce) IS DISTINCT FROM v_lane.nonce_hash THEN
    RAISE 'forged request in operation %', p_operation USING ERRCODE = '28000';
  END IF;
  PERFORM set_config('session_replication_role', 'replica', true);
END $$;
