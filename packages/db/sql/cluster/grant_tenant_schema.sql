-- Gives each of the tenant's roles its part of the schema and of what the owner will create in it: the one place that
-- says what a tenant's roles may do.
CREATE OR REPLACE FUNCTION tenantry.grant_tenant_schema(p_lane tenantry.tenant) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_future text := format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT ', p_lane.owner_role, p_lane.schema);
BEGIN
  EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO %I', p_lane.schema, p_lane.owner_role);
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', p_lane.schema, p_lane.app_role);
  EXECUTE v_future || format('INSERT, UPDATE ON TABLES TO %I', p_lane.writer_role);
  EXECUTE v_future || format('SELECT, DELETE, TRUNCATE ON TABLES TO %I', p_lane.app_role);
  EXECUTE v_future || format('USAGE, SELECT ON SEQUENCES TO %I', p_lane.app_role);
  EXECUTE v_future || format('EXECUTE ON FUNCTIONS TO %I', p_lane.app_role);
END $$;
