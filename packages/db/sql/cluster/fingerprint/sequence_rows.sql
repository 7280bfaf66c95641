-- Sequences with what owns them, inheritance, and foreign tables. A sequence's current value is data.
CREATE OR REPLACE FUNCTION tenantry.sequence_rows(p_scope tenantry.fingerprint_scope[], p_relations oid[])
RETURNS SETOF tenantry.fingerprint_row
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT c.relnamespace, tenantry.relation_label(c.relkind, c.relname), 'sequence'::text, ROW(
      q.seqtypid::regtype, q.seqstart, q.seqincrement, q.seqmax, q.seqmin, q.seqcache, q.seqcycle,
      d.deptype, d.refobjid::regclass, a.attname
    )::text
    FROM pg_class c
    JOIN pg_sequence q ON q.seqrelid = c.oid
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
      AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE c.oid = ANY (p_relations) AND c.relkind = 'S'
  UNION ALL
    SELECT c.relnamespace, tenantry.relation_label(c.relkind, c.relname), 'parent ' || h.inhseqno,
      ROW(h.inhparent::regclass, h.inhdetachpending)::text
    FROM pg_class c
    JOIN pg_inherits h ON h.inhrelid = c.oid
    WHERE c.oid = ANY (p_relations) AND c.relkind IN ('r', 'p', 'f')
  UNION ALL
    SELECT c.relnamespace, tenantry.relation_label(c.relkind, c.relname), 'foreign',
      ROW(v.srvname, tenantry.option_words(f.ftoptions))::text
    FROM pg_class c
    JOIN pg_foreign_table f ON f.ftrelid = c.oid
    JOIN pg_foreign_server v ON v.oid = f.ftserver
    WHERE c.oid = ANY (p_relations) AND c.relkind = 'f';
END $$;
