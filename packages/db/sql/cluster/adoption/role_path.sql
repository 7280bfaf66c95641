-- A role's search_path: what is set for it in this database alone, and what it gets when it logs in here.
CREATE OR REPLACE FUNCTION tenantry.role_path(p_role name, OUT own text, OUT effective text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH set AS (
    SELECT s.setrole, s.setdatabase, substr(c, length('search_path=') + 1) AS path
    FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) c
    WHERE c LIKE 'search\_path=%' AND s.setrole IN (0, to_regrole(quote_ident(p_role))::oid)
      AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
  )
  SELECT (SELECT path FROM set WHERE setrole <> 0 AND setdatabase <> 0),
    coalesce((SELECT path FROM set ORDER BY setrole = 0, setdatabase = 0 LIMIT 1), '"$user", public')
$$;
