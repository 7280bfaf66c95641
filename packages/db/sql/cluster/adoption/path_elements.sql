-- The names in a search_path as it is kept in a setting, unquoted, in their order.
CREATE OR REPLACE FUNCTION tenantry.path_elements(p_path text) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(
    CASE WHEN e[1] LIKE '"%' THEN replace(substr(e[1], 2, length(e[1]) - 2), '""', '"') ELSE e[1] END), '{}')
  FROM regexp_matches(p_path, '"(?:[^"]|"")*"|[^,[:space:]"]+', 'g') e
$$;
