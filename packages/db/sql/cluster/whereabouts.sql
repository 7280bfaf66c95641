-- Which server this database is on, and the group of its tenants: by this a move knows whether it leaves the server.
CREATE OR REPLACE FUNCTION tenantry.whereabouts() RETURNS TABLE (server text, tenants_role name)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.system_identifier::text, i.tenants_role FROM pg_control_system() c, tenantry.installation i
$$;
