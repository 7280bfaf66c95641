-- Everything that lives in the given schemas, also what has no owner of its own: indexes, constraints, defaults, rules,
-- triggers, policies, row types. `own` is false for PostgreSQL's own triggers behind a foreign key.
CREATE OR REPLACE FUNCTION tenantry.schema_parts(p_schemas oid[]) RETURNS TABLE (ns oid, classid oid, objid oid, own boolean)
LANGUAGE plpgsql STABLE ROWS 3000 SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS $$
BEGIN
  RETURN QUERY
  WITH member AS MATERIALIZED (
    SELECT d.refobjid AS ns, d.classid, d.objid FROM pg_depend d
    WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = ANY (p_schemas) AND d.deptype = 'n'
  ),
  type AS MATERIALIZED (
    SELECT m.ns, y.oid, y.typarray, y.typrelid FROM member m JOIN pg_type y ON y.oid = m.objid
    WHERE m.classid = 'pg_type'::regclass
  ),
  relation AS MATERIALIZED (
    SELECT m.ns, c.oid, c.reltype FROM member m JOIN pg_class c ON c.oid = m.objid WHERE m.classid = 'pg_class'::regclass
    UNION ALL SELECT t.ns, c.oid, 0 FROM type t JOIN pg_class c ON c.oid = t.typrelid
  )
  SELECT m.ns, m.classid, m.objid, true FROM member m
  UNION ALL SELECT t.ns, 'pg_type'::regclass, t.typarray, true FROM type t WHERE t.typarray <> 0
  UNION ALL SELECT t.ns, 'pg_class'::regclass, t.typrelid, true FROM type t WHERE t.typrelid <> 0
  UNION ALL SELECT r.ns, 'pg_type'::regclass, y.oid, true FROM relation r JOIN pg_type y ON y.oid = r.reltype WHERE r.reltype <> 0
  UNION ALL SELECT r.ns, 'pg_type'::regclass, y.typarray, true FROM relation r JOIN pg_type y ON y.oid = r.reltype WHERE y.typarray <> 0
  UNION ALL SELECT r.ns, 'pg_class'::regclass, i.indexrelid, true FROM relation r JOIN pg_index i ON i.indrelid = r.oid
  UNION ALL SELECT r.ns, 'pg_constraint'::regclass, k.oid, true FROM relation r JOIN pg_constraint k ON k.conrelid = r.oid
  UNION ALL SELECT t.ns, 'pg_constraint'::regclass, k.oid, true FROM type t JOIN pg_constraint k ON k.contypid = t.oid
  UNION ALL SELECT r.ns, 'pg_attrdef'::regclass, a.oid, true FROM relation r JOIN pg_attrdef a ON a.adrelid = r.oid
  UNION ALL SELECT r.ns, 'pg_rewrite'::regclass, w.oid, true FROM relation r JOIN pg_rewrite w ON w.ev_class = r.oid
  UNION ALL SELECT r.ns, 'pg_policy'::regclass, p.oid, true FROM relation r JOIN pg_policy p ON p.polrelid = r.oid
  UNION ALL SELECT r.ns, 'pg_trigger'::regclass, g.oid, NOT g.tgisinternal FROM relation r JOIN pg_trigger g ON g.tgrelid = r.oid
  -- An operator family's operators and functions; the casts of a type, which have no schema.
  UNION ALL SELECT m.ns, d.classid, d.objid, true FROM member m
    JOIN pg_depend d ON d.refclassid = m.classid AND d.refobjid = m.objid
    WHERE (d.classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass) AND d.deptype IN ('a', 'i')
        AND m.classid IN ('pg_opfamily'::regclass, 'pg_opclass'::regclass))
      OR (d.classid = 'pg_cast'::regclass AND m.classid = 'pg_type'::regclass)
  -- A range brings a multirange, and both bring their constructors.
  UNION ALL SELECT m.ns, d.classid, d.objid, true FROM member m
    JOIN pg_depend d ON d.refclassid = m.classid AND d.refobjid = m.objid AND d.deptype = 'i'
    WHERE m.classid = 'pg_type'::regclass AND d.classid IN ('pg_proc'::regclass, 'pg_type'::regclass);
END $$;
