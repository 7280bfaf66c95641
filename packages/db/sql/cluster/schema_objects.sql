-- Everything in the given schemas that has an owner, with its privileges, and with the locks that a change of its owner
-- takes (locks) and that dropping it takes (drop_locks): a drop locks every constraint, default and trigger as well.
-- part_of is the table of a sequence that a column owns: such a sequence changes its owner with the table. What an
-- extension brought is the extension's. Found through pg_depend, which has an index by schema.
CREATE OR REPLACE FUNCTION tenantry.schema_objects(p_schemas oid[]) RETURNS TABLE (
  ns oid, classid oid, objid oid, kind text, name name, owner oid, acl aclitem[], acl_kind "char", part_of oid, locks integer,
  drop_locks integer
)
LANGUAGE plpgsql STABLE ROWS 300 SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS $$
BEGIN
  RETURN QUERY
  WITH member AS MATERIALIZED (
    SELECT d.refobjid AS ns, d.classid, d.objid FROM pg_depend d
    WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = ANY (p_schemas) AND d.deptype = 'n'
      AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e')
  )
  SELECT m.ns, m.classid, m.objid,
    CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
      WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
    c.relname, c.relowner, c.relacl, CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", s.refobjid,
    (1 + (SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid) + CASE WHEN c.reltoastrelid <> 0 THEN 2 ELSE 0 END)::integer,
    -- With its row type and the array of it, and with a view's rule and types for everything that reads from it.
    (3 + (SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid) + CASE WHEN c.reltoastrelid <> 0 THEN 2 ELSE 0 END
      + (SELECT count(*) FROM pg_attrdef a WHERE a.adrelid = c.oid) + (SELECT count(*) FROM pg_rewrite w WHERE w.ev_class = c.oid)
      + (SELECT count(*) FROM pg_trigger g WHERE g.tgrelid = c.oid) + (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)
      + (SELECT count(*) + 3 * count(*) FILTER (WHERE k.contype = 'f') FROM pg_constraint k WHERE k.conrelid = c.oid)
      + 4 * (SELECT count(DISTINCT v.objid) FROM pg_depend v WHERE v.refclassid = m.classid AND v.refobjid = c.oid
          AND v.classid IN ('pg_rewrite'::regclass, 'pg_constraint'::regclass) AND v.deptype = 'n'))::integer
  FROM member m
  JOIN pg_class c ON c.oid = m.objid
  LEFT JOIN pg_depend s ON c.relkind = 'S' AND s.classid = m.classid AND s.objid = c.oid
    AND s.refclassid = 'pg_class'::regclass AND s.refobjsubid > 0 AND s.deptype IN ('a', 'i')
  WHERE m.classid = 'pg_class'::regclass AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
UNION ALL
  SELECT m.ns, m.classid, m.objid, 'ROUTINE', p.proname, p.proowner, p.proacl, 'f', NULL, 1, 1
  FROM member m JOIN pg_proc p ON p.oid = m.objid
  WHERE m.classid = 'pg_proc'::regclass
    -- The constructors of a range come with the range.
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = m.classid AND e.objid = m.objid AND e.deptype = 'i')
UNION ALL
  SELECT m.ns, m.classid, m.objid, 'TYPE', y.typname, y.typowner, y.typacl, 'T', NULL, 2, 4
  FROM member m JOIN pg_type y ON y.oid = m.objid
  WHERE m.classid = 'pg_type'::regclass AND y.typtype <> 'm'
UNION ALL
  SELECT m.ns, m.classid, m.objid, o.kind, o.name, o.owner, NULL, NULL, NULL, 1, 2
  FROM member m
  JOIN LATERAL (
    SELECT 'OPERATOR', x.oprname, x.oprowner FROM pg_operator x WHERE m.classid = 'pg_operator'::regclass AND x.oid = m.objid
    UNION ALL
    SELECT 'OPERATOR CLASS', x.opcname, x.opcowner FROM pg_opclass x WHERE m.classid = 'pg_opclass'::regclass AND x.oid = m.objid
    UNION ALL
    SELECT 'OPERATOR FAMILY', x.opfname, x.opfowner FROM pg_opfamily x WHERE m.classid = 'pg_opfamily'::regclass AND x.oid = m.objid
    UNION ALL
    SELECT 'CONVERSION', x.conname, x.conowner FROM pg_conversion x WHERE m.classid = 'pg_conversion'::regclass AND x.oid = m.objid
    UNION ALL
    SELECT 'COLLATION', x.collname, x.collowner FROM pg_collation x WHERE m.classid = 'pg_collation'::regclass AND x.oid = m.objid
    UNION ALL
    SELECT 'STATISTICS', x.stxname, x.stxowner FROM pg_statistic_ext x WHERE m.classid = 'pg_statistic_ext'::regclass AND x.oid = m.objid
    UNION ALL
    SELECT 'TEXT SEARCH CONFIGURATION', x.cfgname, x.cfgowner FROM pg_ts_config x WHERE m.classid = 'pg_ts_config'::regclass AND x.oid = m.objid
    UNION ALL
    SELECT 'TEXT SEARCH DICTIONARY', x.dictname, x.dictowner FROM pg_ts_dict x WHERE m.classid = 'pg_ts_dict'::regclass AND x.oid = m.objid
  ) o (kind, name, owner) ON true
  WHERE m.classid NOT IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass);
END $$;
