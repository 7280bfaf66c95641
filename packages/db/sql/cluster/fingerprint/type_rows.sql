-- Enums, domains, ranges, composite and base types, and casts. Array, row and multirange types follow from others.
CREATE OR REPLACE FUNCTION tenantry.type_rows(p_scope tenantry.fingerprint_scope[], p_types oid[])
RETURNS SETOF tenantry.fingerprint_row
LANGUAGE plpgsql STABLE ROWS 20 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT y.typnamespace, 'type ' || y.typname, 'type'::text, ROW(
      y.typtype, tenantry.role_word(y.typowner, s),
      CASE WHEN y.typacl IS NOT NULL THEN tenantry.acl_words(y.typacl, 'T', y.typowner, s) END,
      obj_description(y.oid, 'pg_type'),
      CASE y.typtype
        WHEN 'e' THEN (
          SELECT string_agg(quote_literal(e.enumlabel), ',' ORDER BY e.enumsortorder)
          FROM pg_enum e WHERE e.enumtypid = y.oid)
        WHEN 'd' THEN ROW(
          format_type(y.typbasetype, y.typtypmod), y.typnotnull, y.typdefault, y.typcollation::regcollation, (
            SELECT string_agg(ROW(k.conname, pg_get_constraintdef(k.oid), k.convalidated,
                                  obj_description(k.oid, 'pg_constraint'))::text, ',' ORDER BY k.conname)
            FROM pg_constraint k WHERE k.contypid = y.oid AND k.contype = 'c'))::text
        WHEN 'r' THEN (
          SELECT ROW(g.rngsubtype::regtype, o.opcname, g.rngcollation::regcollation, g.rngcanonical, g.rngsubdiff,
                     g.rngmultitypid::regtype)::text
          FROM pg_range g JOIN pg_opclass o ON o.oid = g.rngsubopc WHERE g.rngtypid = y.oid)
        WHEN 'b' THEN ROW(y.typinput, y.typoutput, y.typlen, y.typalign, y.typstorage)::text
      END
    )::text
    FROM pg_type y
    JOIN unnest(p_scope) s ON s.ns = y.typnamespace
    WHERE y.oid = ANY (p_types) AND y.typtype <> 'm'
  UNION ALL
    SELECT y.typnamespace, 'casts', format_type(k.castsource, NULL) || ' as ' || format_type(k.casttarget, NULL),
      ROW(nullif(k.castfunc, 0)::regprocedure, k.castcontext, k.castmethod)::text
    FROM pg_cast k
    JOIN pg_type y ON y.oid = CASE WHEN k.castsource = ANY (p_types) THEN k.castsource ELSE k.casttarget END
    -- The cast from a range to its multirange comes with the range.
    WHERE y.oid = ANY (p_types) AND NOT EXISTS (
      SELECT FROM pg_depend e WHERE e.classid = 'pg_cast'::regclass AND e.objid = k.oid AND e.deptype IN ('e', 'i')
    );
END $$;
