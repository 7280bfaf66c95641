-- Makes a spare a tenant's: its schema gets the tenant's name, its product role finds it there. The roles need no
-- change, because a spare's id is the id of whoever takes it. Only what is still as it was verified is handed over:
-- nobody can log in to it, and its seal is unbroken; with a broken seal the whole fingerprint decides.
-- False when the operation has done it already.
-- TN002  a newer attempt has been recorded, or this very attempt has begun to undo
-- TN003  not a name of ours
-- TN004  no such spare, or its schema is gone
-- TN005  the wanted schema exists, or belongs to another tenant
-- TN020  it is no longer what was verified
-- 55P03  a relation stayed locked for two seconds
CREATE OR REPLACE FUNCTION tenantry.claim_spare(
  p_tenant text, p_operation text, p_fence bigint, p_spare_schema text, p_schema text, p_fingerprint text
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
BEGIN
  PERFORM tenantry.require_names(p_tenant, p_schema);
  v_lane := tenantry.claim_lane(p_tenant, p_operation, p_fence);
  IF EXISTS (SELECT FROM tenantry.ledger WHERE operation_id = p_operation AND step = 'claim') THEN
    RETURN false;
  END IF;
  IF v_lane.dropped_at IS NOT NULL OR v_lane.schema_created_at IS NULL
     OR to_regnamespace(quote_ident(v_lane.schema)) IS NULL THEN
    RAISE 'the spare % is gone', p_tenant USING ERRCODE = 'TN004';
  END IF;
  PERFORM tenantry.refuse_taken_schema(p_tenant, p_schema);
  IF to_regnamespace(quote_ident(p_schema)) IS NOT NULL THEN
    RAISE 'a schema % exists already', p_schema
      USING ERRCODE = 'TN005', HINT = 'Somebody made it by hand: move it away, or choose another slug.';
  END IF;
  IF v_lane.schema <> p_spare_schema OR v_lane.nonce_hash IS NOT NULL OR v_lane.login_role IS NOT NULL
     OR EXISTS (
       SELECT FROM pg_roles
       WHERE rolname IN (v_lane.owner_role, v_lane.writer_role, v_lane.app_role) AND rolcanlogin) THEN
    RAISE 'the spare % is in somebody''s hands', p_tenant USING ERRCODE = 'TN020';
  END IF;
  IF tenantry.schema_seal(v_lane.schema) IS DISTINCT FROM v_lane.seal
     AND tenantry.fingerprint(v_lane.schema) IS DISTINCT FROM p_fingerprint THEN
    RAISE 'the spare % is not what was verified: somebody has changed it', p_tenant USING ERRCODE = 'TN020';
  END IF;

  EXECUTE format('ALTER SCHEMA %I RENAME TO %I', v_lane.schema, p_schema);
  EXECUTE format('ALTER ROLE %I SET search_path = %I', v_lane.app_role, p_schema);
  UPDATE tenantry.tenant SET schema = p_schema, seal = NULL WHERE tenant_id = p_tenant;
  PERFORM tenantry.record_step(p_tenant, p_operation, p_fence, 'claim');
  RETURN true;
END $$;
