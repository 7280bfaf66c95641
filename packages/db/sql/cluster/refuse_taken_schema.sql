-- Returns when no other tenant that is present has this schema.
-- TN005  another tenant has it
CREATE OR REPLACE FUNCTION tenantry.refuse_taken_schema(p_tenant text, p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM tenantry.tenant WHERE schema = p_schema AND dropped_at IS NULL AND tenant_id <> p_tenant
  ) THEN
    RAISE 'the schema % belongs to another tenant', p_schema USING ERRCODE = 'TN005';
  END IF;
END $$;
