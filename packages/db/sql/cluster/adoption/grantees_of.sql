-- Everybody named in the given lists of privileges, as acl_items made them.
CREATE OR REPLACE FUNCTION tenantry.grantees_of(VARIADIC p_lists jsonb[]) RETURNS oid[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT (i ->> 0)::oid), '{}')
  FROM unnest(p_lists) l (list) CROSS JOIN jsonb_array_elements(CASE WHEN jsonb_typeof(l.list) = 'array' THEN l.list END) i
$$;
