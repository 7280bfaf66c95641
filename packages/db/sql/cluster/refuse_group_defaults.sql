-- Event trigger: refuses default privileges FOR the group of all tenants. PostgreSQL lets every member attach them; they
-- would outlive the tenant and bind its roles to the others'.
-- 42501  the statement did that
CREATE OR REPLACE FUNCTION tenantry.refuse_group_defaults() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM pg_default_acl d JOIN tenantry.installation i ON d.defaclrole = i.tenants_role::regrole
  ) THEN
    RAISE 'the group of all tenants may have no default privileges' USING ERRCODE = '42501';
  END IF;
END $$;
