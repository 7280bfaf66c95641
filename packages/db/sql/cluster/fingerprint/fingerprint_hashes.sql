-- One SHA-256 per object of each given schema: over its parts in one order, every part's definition quoted as a row is,
-- so that no separator can be forged, and with the names that differ from tenant to tenant replaced. Deparsing follows
-- settings of the session, so they are fixed here; it also takes a weak lock on what it deparses.
-- 55P03  a relation stayed locked for two seconds
CREATE OR REPLACE FUNCTION tenantry.fingerprint_hashes(p_schemas name[])
RETURNS TABLE (schema name, object text, hash bytea)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET jit = off
SET lock_timeout = '2s'
SET datestyle = 'ISO, YMD'
SET intervalstyle = 'postgres'
SET timezone = 'UTC'
SET extra_float_digits = 1
SET bytea_output = 'hex'
SET quote_all_identifiers = off
AS $$
DECLARE
  v_scope tenantry.fingerprint_scope[] := ARRAY(SELECT s FROM tenantry.fingerprint_scope(p_schemas) s);
  v_schemas oid[] := ARRAY(SELECT s.ns FROM unnest(v_scope) s);
  v_relations oid[];
  v_types oid[];
  v_functions oid[];
  v_others oid[];
BEGIN
  -- What belongs to the schemas is found through pg_depend, which has an index by what is depended on: most catalogs
  -- have none that leads with the schema. What an extension brought is the extension's.
  SELECT
    array_agg(d.objid) FILTER (WHERE d.classid = 'pg_class'::regclass),
    array_agg(d.objid) FILTER (WHERE d.classid = 'pg_type'::regclass),
    array_agg(d.objid) FILTER (WHERE d.classid = 'pg_proc'::regclass),
    array_agg(d.objid) FILTER (WHERE d.classid NOT IN ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass))
  INTO v_relations, v_types, v_functions, v_others
  FROM pg_depend d
  WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = ANY (v_schemas) AND d.deptype = 'n'
    AND NOT EXISTS (
      SELECT FROM pg_depend e WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e');
  -- A composite type belongs to its schema as a type; its relation, which has the columns, only through the type.
  v_relations := v_relations || ARRAY(
    SELECT y.typrelid FROM pg_type y WHERE y.oid = ANY (v_types) AND y.typtype = 'c');

  RETURN QUERY
    WITH part AS (
      SELECT * FROM tenantry.schema_rows(v_scope)
      UNION ALL SELECT * FROM tenantry.relation_rows(v_scope, v_relations)
      UNION ALL SELECT * FROM tenantry.column_rows(v_scope, v_relations)
      UNION ALL SELECT * FROM tenantry.index_rows(v_scope, v_relations)
      UNION ALL SELECT * FROM tenantry.constraint_rows(v_scope, v_relations)
      UNION ALL SELECT * FROM tenantry.trigger_rows(v_scope, v_relations)
      UNION ALL SELECT * FROM tenantry.policy_rows(v_scope, v_relations)
      UNION ALL SELECT * FROM tenantry.sequence_rows(v_scope, v_relations)
      UNION ALL SELECT * FROM tenantry.type_rows(v_scope, v_types)
      UNION ALL SELECT * FROM tenantry.function_rows(v_scope, v_functions)
      UNION ALL SELECT * FROM tenantry.operator_rows(v_scope, v_others)
    ),
    whole AS (
      SELECT p.ns, p.object, string_agg(ROW(p.part, p.definition)::text, '' ORDER BY p.part COLLATE "C") AS parts
      FROM part p GROUP BY p.ns, p.object
    )
    SELECT s.ns::regnamespace::name, regexp_replace(w.object, s.qualifier, '~.', 'g'),
      sha256(convert_to(
        CASE WHEN strpos(w.parts, s.schema || '.') > 0 THEN regexp_replace(w.parts, s.qualifier, '~.', 'g')
             ELSE w.parts END, 'UTF8'))
    FROM whole w JOIN unnest(v_scope) s ON s.ns = w.ns;
END $$;
