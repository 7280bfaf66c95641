-- A number that is another one as soon as anything in a schema was defined, dropped or changed: over the versions
-- (xmin) of the catalog rows of its objects, of their columns and of all that hangs on them. Equal seal: nothing has
-- happened since. Another seal says only: look closer, because REINDEX CONCURRENTLY or a dump and restore change it too.
-- Far cheaper than the fingerprint, which has to deparse every object.
CREATE OR REPLACE FUNCTION tenantry.schema_seal(p_schema name) RETURNS numeric
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET jit = off
AS $$
DECLARE
  v_schema oid := to_regnamespace(quote_ident(p_schema));
  v_relations oid[];
  v_functions oid[];
BEGIN
  SELECT array_agg(objid) FILTER (WHERE classid = 'pg_class'::regclass),
         array_agg(objid) FILTER (WHERE classid = 'pg_proc'::regclass)
  INTO v_relations, v_functions
  FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass AND refobjid = v_schema;
  RETURN (
    SELECT count(*) + sum(hash_record_extended(seen.catalog_row, 0)::numeric) FROM (
      SELECT ROW(classid, objid, xmin::text) FROM pg_depend
        WHERE refclassid = 'pg_namespace'::regclass AND refobjid = v_schema
      UNION ALL
      SELECT ROW(classid, objid, xmin::text) FROM pg_depend
        WHERE refclassid = 'pg_class'::regclass AND refobjid = ANY (v_relations)
      UNION ALL
      SELECT ROW(oid, xmin::text) FROM pg_class WHERE oid = ANY (v_relations)
      UNION ALL
      SELECT ROW(attrelid, attnum, xmin::text) FROM pg_attribute WHERE attrelid = ANY (v_relations)
      UNION ALL
      SELECT ROW(oid, xmin::text) FROM pg_proc WHERE oid = ANY (v_functions)
    ) seen (catalog_row));
END $$;
