-- The fingerprint of each given schema that exists: SHA-256 in hex over its objects' names and hashes. A hundred
-- schemas at a time, so that the memory does not grow with the fleet. But what views read stays weakly locked until the
-- transaction ends: ask for a few hundred schemas in one, so that the server's lock table is not used up.
-- 55P03  a relation stayed locked for two seconds
CREATE OR REPLACE FUNCTION tenantry.fingerprints(p_schemas name[]) RETURNS TABLE (schema name, fingerprint text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  FOR v_first IN 1 .. cardinality(p_schemas) BY 100 LOOP
    RETURN QUERY
      SELECT h.schema, encode(sha256(convert_to(
        string_agg(ROW(h.object, encode(h.hash, 'hex'))::text, '' ORDER BY h.object COLLATE "C"), 'UTF8')), 'hex')
      FROM tenantry.fingerprint_hashes(p_schemas[v_first : v_first + 99]) h
      GROUP BY h.schema;
  END LOOP;
END $$;
