-- Storage options in one order, whatever the order in which they were set.
CREATE OR REPLACE FUNCTION tenantry.option_words(p_options text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT string_agg(o, ',' ORDER BY o COLLATE "C") FROM unnest(p_options) o
$$;
