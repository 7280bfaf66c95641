-- What of a tenant's own code writes, or may write, with its owner's rights when its application calls it or deletes
-- rows, and so past a block: privileges given by hand, SECURITY DEFINER routines, rules on DELETE. In words, twenty at most.
CREATE OR REPLACE FUNCTION tenantry.write_leaks(p_lane tenantry.tenant) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS $$
  SELECT coalesce(jsonb_agg(f.words ORDER BY f.words), '[]') FROM (
    SELECT l.words FROM (
      SELECT w AS words FROM tenantry.loose_writes(p_lane) w
    UNION ALL
      SELECT format('SECURITY DEFINER %s(%s)', p.proname, pg_get_function_identity_arguments(p.oid))
      FROM pg_namespace n
      JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid AND d.classid = 'pg_proc'::regclass
      JOIN pg_proc p ON p.oid = d.objid AND p.prosecdef
      WHERE n.nspname = p_lane.schema
    UNION ALL
      SELECT format('rule %s on DELETE of %s', w.rulename, c.relname)
      FROM pg_namespace n
      JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid AND d.classid = 'pg_class'::regclass
      JOIN pg_class c ON c.oid = d.objid
      JOIN pg_rewrite w ON w.ev_class = c.oid AND w.ev_type = '4'
      WHERE n.nspname = p_lane.schema
    ) l LIMIT 20
  ) f
$$;
