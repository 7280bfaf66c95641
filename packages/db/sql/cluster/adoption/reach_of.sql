-- What ties the given schemas to the rest of the database: a part of one that needs something outside (outward), or something
-- outside that needs a part of one (not outward). PostgreSQL's own objects do not count; what belongs to an extension is told.
CREATE OR REPLACE FUNCTION tenantry.reach_of(p_schemas oid[])
RETURNS TABLE (ns oid, outward boolean, part text, other text, extension name)
LANGUAGE plpgsql STABLE ROWS 10 SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS $$
BEGIN
  RETURN QUERY
  WITH part AS MATERIALIZED (SELECT DISTINCT * FROM tenantry.schema_parts(p_schemas)),
  tie AS (
    SELECT p.ns, true AS outward, p.classid, p.objid, d.refclassid AS other_class, d.refobjid AS other
    FROM part p JOIN pg_depend d ON d.classid = p.classid AND d.objid = p.objid
    WHERE p.own AND d.refobjid >= 16384 AND d.deptype <> 'e' AND d.refclassid IN (
      'pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass, 'pg_opclass'::regclass,
      'pg_opfamily'::regclass, 'pg_collation'::regclass, 'pg_conversion'::regclass, 'pg_constraint'::regclass,
      'pg_ts_config'::regclass, 'pg_ts_dict'::regclass, 'pg_ts_template'::regclass, 'pg_ts_parser'::regclass)
    UNION
    SELECT p.ns, false, p.classid, p.objid, d.classid, d.objid
    FROM part p JOIN pg_depend d ON d.refclassid = p.classid AND d.refobjid = p.objid
    WHERE d.deptype <> 'e' AND d.classid IN (
      'pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass, 'pg_opclass'::regclass,
      'pg_opfamily'::regclass, 'pg_constraint'::regclass, 'pg_attrdef'::regclass, 'pg_rewrite'::regclass,
      'pg_policy'::regclass, 'pg_trigger'::regclass, 'pg_collation'::regclass, 'pg_statistic_ext'::regclass,
      'pg_ts_config'::regclass, 'pg_ts_dict'::regclass, 'pg_cast'::regclass)
  ),
  outside AS MATERIALIZED (
    SELECT DISTINCT t.* FROM tie t
    LEFT JOIN part q ON q.ns = t.ns AND q.classid = t.other_class AND q.objid = t.other
    LEFT JOIN pg_class c ON t.other_class = 'pg_class'::regclass AND c.oid = t.other
    LEFT JOIN pg_trigger g ON t.other_class = 'pg_trigger'::regclass AND g.oid = t.other
    WHERE q.objid IS NULL
      -- TOAST tables rest in a schema of PostgreSQL's own; its own triggers are told by their foreign key.
      AND c.relnamespace IS DISTINCT FROM 'pg_toast'::regnamespace AND g.tgisinternal IS DISTINCT FROM true
  )
    -- A view is known to people by its name, not by its rule.
  SELECT o.ns, o.outward, regexp_replace(pg_describe_object(o.classid, o.objid, 0), '^rule "?_RETURN"? on ', ''),
    regexp_replace(pg_describe_object(o.other_class, o.other, 0), '^rule "?_RETURN"? on ', ''), (
    SELECT x.extname FROM pg_depend e JOIN pg_extension x ON x.oid = e.refobjid
    WHERE e.classid = o.other_class AND e.objid = o.other AND e.deptype = 'e' AND e.refclassid = 'pg_extension'::regclass
  )
  FROM outside o;
END $$;
