-- Relations themselves: kind, owner, storage, what a view selects, how a partition is bounded, privileges, comment.
CREATE OR REPLACE FUNCTION tenantry.relation_rows(p_scope tenantry.fingerprint_scope[], p_relations oid[])
RETURNS SETOF tenantry.fingerprint_row
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    WITH relation AS MATERIALIZED (
      SELECT c.*, s AS scope
      FROM pg_class c JOIN unnest(p_scope) s ON s.ns = c.relnamespace
      WHERE c.oid = ANY (p_relations)
    ),
    -- Tables made under the same default privileges have the same list: put each list into words once.
    acl AS MATERIALIZED (
      SELECT a.relnamespace, a.relowner, a.relacl, tenantry.acl_words(a.relacl, 'r', a.relowner, a.scope) AS words
      FROM (
        SELECT r.relnamespace, r.relowner, r.relacl, (array_agg(r.scope))[1] AS scope
        FROM relation r WHERE r.relacl IS NOT NULL GROUP BY r.relnamespace, r.relowner, r.relacl
      ) a
    )
    SELECT r.relnamespace, tenantry.relation_label(r.relkind, r.relname), ''::text, ROW(
      r.relkind, r.relpersistence, tenantry.role_word(r.relowner, r.scope), am.amname,
      r.relrowsecurity, r.relforcerowsecurity, r.relreplident, r.relispartition,
      CASE WHEN r.reloptions IS NOT NULL THEN tenantry.option_words(r.reloptions) END,
      CASE WHEN r.reltoastrelid <> 0 THEN (
        SELECT tenantry.option_words(t.reloptions) FROM pg_class t
        WHERE t.oid = r.reltoastrelid AND t.reloptions IS NOT NULL
      ) END,
      CASE WHEN r.relkind = 'p' THEN pg_get_partkeydef(r.oid)
           WHEN r.relkind IN ('v', 'm') THEN pg_get_viewdef(r.oid) END,
      CASE WHEN r.relispartition THEN pg_get_expr(r.relpartbound, r.oid) END,
      CASE WHEN r.reloftype <> 0 THEN r.reloftype::regtype END,
      acl.words, d.description
    )::text
    FROM relation r
    LEFT JOIN pg_am am ON am.oid = r.relam
    LEFT JOIN acl ON acl.relnamespace = r.relnamespace AND acl.relowner = r.relowner AND acl.relacl = r.relacl
    LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = r.oid AND d.objsubid = 0;
END $$;
