-- How many objects of the schema that a tenant is adopting have another owner still.
CREATE OR REPLACE FUNCTION tenantry.left_to_adopt(p_lane tenantry.tenant) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*)::integer FROM tenantry.schema_objects(ARRAY[p_lane.adopted_oid]) o
  WHERE o.part_of IS NULL AND o.owner <> to_regrole(quote_ident(p_lane.owner_role))
$$;
