-- The name, with its schema, of a function of the extension pg_stat_statements in this database, if a superuser brought it; null where there is none.
-- Found by the extension's own list: anybody may name a function so.
CREATE OR REPLACE FUNCTION tenantry.statements_function(p_name text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT format('%I.%I', n.nspname, p.proname)
  FROM pg_extension e
  JOIN pg_roles r ON r.oid = e.extowner AND r.rolsuper
  JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e'
    AND d.classid = 'pg_proc'::regclass
  JOIN pg_proc p ON p.oid = d.objid
  JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE e.extname = 'pg_stat_statements' AND p.proname = p_name
$$;
