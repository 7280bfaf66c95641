-- The fingerprint of one schema, 64 hex digits: equal fingerprint, equal schema, whatever the tenant. Everything that
-- was defined counts, data do not. Compare fingerprints of the same PostgreSQL major only: views are deparsed
-- differently.
-- TN004  no such schema
-- 55P03  a relation stayed locked for two seconds
CREATE OR REPLACE FUNCTION tenantry.fingerprint(p_schema name) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_fingerprint text := (SELECT f.fingerprint FROM tenantry.fingerprints(ARRAY[p_schema]) f);
BEGIN
  IF v_fingerprint IS NULL THEN
    RAISE 'no schema % in this database', p_schema USING ERRCODE = 'TN004';
  END IF;
  RETURN v_fingerprint;
END $$;
