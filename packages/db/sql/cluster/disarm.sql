-- Ends what arm allowed: no LOGIN, no password, no settings that a script may have left on the role. An attempt that
-- has been overtaken changes nothing. True when the attempt was the current one; safe to repeat.
CREATE OR REPLACE FUNCTION tenantry.disarm(p_tenant text, p_fence bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_owner name;
BEGIN
  UPDATE tenantry.tenant SET nonce_hash = NULL, armed_until = NULL
    WHERE tenant_id = p_tenant AND fence = p_fence
    RETURNING owner_role INTO v_owner;
  IF v_owner IS NULL THEN
    RETURN false;
  END IF;
  PERFORM tenantry.close_owner(v_owner);
  RETURN true;
END $$;
