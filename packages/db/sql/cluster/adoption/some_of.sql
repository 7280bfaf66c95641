-- A list in words: the first four, and how many more there are.
CREATE OR REPLACE FUNCTION tenantry.some_of(p_names text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT array_to_string(p_names[1:4], ', ')
    || CASE WHEN cardinality(p_names) > 4 THEN format(' and %s more', cardinality(p_names) - 4) ELSE '' END
$$;
