-- A limit of temporary space as temp_file_limit takes it: whole kilobytes, 2 TB at most. Null stays null.
CREATE OR REPLACE FUNCTION tenantry.temp_setting(p_bytes bigint) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT least(ceil(p_bytes / 1024.0), 2147483647)::bigint || 'kB'
$$;
