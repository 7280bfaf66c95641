-- Each object of a tenant's schema with its hash, both free of the tenant's own names: the same in two schemas when the
-- objects are the same. What differs between two schemas is the difference of their lists.
CREATE OR REPLACE FUNCTION tenantry.fingerprint_objects(p_schema name) RETURNS TABLE (object text, hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT h.object, encode(h.hash, 'hex') FROM tenantry.fingerprint_hashes(ARRAY[p_schema]) h
  ORDER BY h.object COLLATE "C"
$$;
