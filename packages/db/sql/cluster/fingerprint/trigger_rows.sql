-- Triggers and rules. PostgreSQL's own triggers behind a foreign key are told by the key, unless one was switched off.
CREATE OR REPLACE FUNCTION tenantry.trigger_rows(p_scope tenantry.fingerprint_scope[], p_relations oid[])
RETURNS SETOF tenantry.fingerprint_row
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT c.relnamespace, tenantry.relation_label(c.relkind, c.relname),
      'trigger ' || CASE WHEN t.tgisinternal THEN concat_ws(' ', 'behind', k.conname, t.tgtype) ELSE t.tgname END,
      ROW(CASE WHEN NOT t.tgisinternal THEN pg_get_triggerdef(t.oid) END, t.tgenabled, t.tgparentid <> 0,
          d.description)::text
    FROM pg_class c
    JOIN pg_trigger t ON t.tgrelid = c.oid AND (NOT t.tgisinternal OR t.tgenabled <> 'O')
    LEFT JOIN pg_constraint k ON k.oid = t.tgconstraint
    LEFT JOIN pg_description d ON d.classoid = 'pg_trigger'::regclass AND d.objoid = t.oid
    WHERE c.oid = ANY (p_relations) AND c.relhastriggers
  UNION ALL
    SELECT c.relnamespace, tenantry.relation_label(c.relkind, c.relname), 'rule ' || w.rulename,
      ROW(pg_get_ruledef(w.oid), w.ev_enabled, d.description)::text
    FROM pg_class c
    JOIN pg_rewrite w ON w.ev_class = c.oid AND w.rulename <> '_RETURN'
    LEFT JOIN pg_description d ON d.classoid = 'pg_rewrite'::regclass AND d.objoid = w.oid
    WHERE c.oid = ANY (p_relations) AND c.relhasrules;
END $$;
