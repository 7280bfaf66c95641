-- Takes LOGIN, password and settings of its own from a tenant's owner role, where it has any.
CREATE OR REPLACE FUNCTION tenantry.close_owner(p_owner name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF to_regrole(quote_ident(p_owner)) IS NULL THEN
    RETURN;
  END IF;
  -- VALID UNTIL is what arm leaves behind: with neither, the role was never opened and there is nothing to close.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = p_owner AND (rolcanlogin OR rolvaliduntil < 'infinity')) THEN
    EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL VALID UNTIL ''infinity''', p_owner);
  END IF;
  PERFORM tenantry.reset_role_settings(p_owner);
END $$;
