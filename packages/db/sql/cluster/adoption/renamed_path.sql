-- A search_path with one schema's name replaced, as ALTER … SET search_path takes it; null when it does not name it. "$user"
-- names it to the role that has its name.
CREATE OR REPLACE FUNCTION tenantry.renamed_path(p_path text, p_from name, p_to name, p_role name DEFAULT NULL) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN bool_or(named) THEN string_agg(quote_ident(CASE WHEN named THEN p_to ELSE element END), ', ' ORDER BY place) END
  FROM unnest(tenantry.path_elements(p_path)) WITH ORDINALITY e (element, place)
  CROSS JOIN LATERAL (SELECT element = p_from OR (element = '$user' AND p_role = p_from)) n (named)
$$;
