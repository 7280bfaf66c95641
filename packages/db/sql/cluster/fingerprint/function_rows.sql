-- Functions, procedures and aggregates. In a body and in SET search_path the schema's name counts as a whole word,
-- qualified or not; a body that PostgreSQL has parsed (BEGIN ATOMIC) is told by its deparsed form.
CREATE OR REPLACE FUNCTION tenantry.function_rows(p_scope tenantry.fingerprint_scope[], p_functions oid[])
RETURNS SETOF tenantry.fingerprint_row
LANGUAGE plpgsql STABLE ROWS 50 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    WITH function AS MATERIALIZED (
      SELECT p.*, s AS scope
      FROM pg_proc p JOIN unnest(p_scope) s ON s.ns = p.pronamespace
      -- The constructors of a range come with the range.
      WHERE p.oid = ANY (p_functions) AND NOT EXISTS (
        SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'i'
      )
    ),
    acl AS MATERIALIZED (
      SELECT a.pronamespace, a.proowner, a.proacl, tenantry.acl_words(a.proacl, 'f', a.proowner, a.scope) AS words
      FROM (
        SELECT p.pronamespace, p.proowner, p.proacl, (array_agg(p.scope))[1] AS scope
        FROM function p WHERE p.proacl IS NOT NULL GROUP BY p.pronamespace, p.proowner, p.proacl
      ) a
    )
    SELECT p.pronamespace, format('function %s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)), ''::text,
      ROW(
        p.prokind, tenantry.role_word(p.proowner, p.scope), l.lanname, pg_get_function_arguments(p.oid),
        pg_get_function_result(p.oid), p.prosecdef, p.proleakproof, p.proisstrict, p.provolatile, p.proparallel,
        p.procost, p.prorows, p.prosupport, p.protrftypes, p.probin,
        regexp_replace(tenantry.option_words(p.proconfig), (p.scope).word, '~', 'g'),
        pg_get_function_sqlbody(p.oid),
        CASE WHEN strpos(p.prosrc, (p.scope).schema) > 0 THEN regexp_replace(p.prosrc, (p.scope).word, '~', 'g') ELSE p.prosrc END,
        CASE WHEN p.prokind = 'a' THEN (
          SELECT ROW(
            g.aggkind, g.aggnumdirectargs, g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggserialfn,
            g.aggdeserialfn, g.aggmtransfn, g.aggminvtransfn, g.aggmfinalfn, g.aggfinalextra, g.aggmfinalextra,
            g.aggfinalmodify, g.aggmfinalmodify, nullif(g.aggsortop, 0)::regoperator, g.aggtranstype::regtype,
            g.aggtransspace, nullif(g.aggmtranstype, 0)::regtype, g.aggmtransspace, g.agginitval, g.aggminitval
          )::text
          FROM pg_aggregate g WHERE g.aggfnoid = p.oid
        ) END,
        acl.words, d.description
      )::text
    FROM function p
    JOIN pg_language l ON l.oid = p.prolang
    LEFT JOIN acl ON acl.pronamespace = p.pronamespace AND acl.proowner = p.proowner AND acl.proacl = p.proacl
    LEFT JOIN pg_description d ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid;
END $$;
