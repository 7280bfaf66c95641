-- Verifies a spare as the tenant that takes it will find it, and seals it. The schema is looked at under another name:
-- what names its schema in text, such as a function with a search_path of its own, would still speak of the old name
-- after the RENAME that a claim is, and so gives another fingerprint here. Returns the fingerprint under that other
-- name; the seal is taken before, so that no later change can hide between the two. May be repeated.
-- TN002  a newer attempt has been recorded, or this very attempt has begun to undo
-- TN004  no such lane, or its schema is not there
-- 55P03  a relation stayed locked for two seconds
CREATE OR REPLACE FUNCTION tenantry.seal_spare(p_tenant text, p_operation text, p_fence bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant := tenantry.claim_lane(p_tenant, p_operation, p_fence);
  v_other text := 't_sealed_' || substr(p_tenant, 4);
  v_fingerprint text;
BEGIN
  IF v_lane.schema_created_at IS NULL OR to_regnamespace(quote_ident(v_lane.schema)) IS NULL THEN
    RAISE 'spare % has no schema', p_tenant USING ERRCODE = 'TN004';
  END IF;
  UPDATE tenantry.tenant SET seal = tenantry.schema_seal(v_lane.schema) WHERE tenant_id = p_tenant;
  BEGIN
    EXECUTE format('ALTER SCHEMA %I RENAME TO %I', v_lane.schema, v_other);
    UPDATE tenantry.tenant SET schema = v_other WHERE tenant_id = p_tenant;
    v_fingerprint := tenantry.fingerprint(v_other);
    RAISE USING ERRCODE = 'TN000';
  EXCEPTION WHEN SQLSTATE 'TN000' THEN
    NULL; -- The other name was for the look alone.
  END;
  RETURN v_fingerprint;
END $$;
