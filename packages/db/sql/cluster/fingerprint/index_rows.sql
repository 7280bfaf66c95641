-- Indexes, told by their vectors: pg_get_indexdef for each would cost more than all the rest of the fingerprint.
CREATE OR REPLACE FUNCTION tenantry.index_rows(p_scope tenantry.fingerprint_scope[], p_relations oid[])
RETURNS SETOF tenantry.fingerprint_row
LANGUAGE plpgsql STABLE ROWS 300 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    WITH relation AS MATERIALIZED (
      SELECT c.oid, c.relnamespace, tenantry.relation_label(c.relkind, c.relname) AS label, EXISTS (
        SELECT FROM pg_attribute h WHERE h.attrelid = c.oid AND h.attnum > 0 AND h.attisdropped
      ) AS has_holes
      FROM pg_class c WHERE c.oid = ANY (p_relations) AND c.relkind IN ('r', 'p', 'm')
    ),
    keyed AS MATERIALIZED (
      SELECT r.*, i.*, i.indclass::text AS classes, i.indcollation::text AS collations
      FROM relation r JOIN pg_index i ON i.indrelid = r.oid
    ),
    -- A schema's indexes share a few combinations of operator classes and collations: name each combination once.
    named AS MATERIALIZED (
      SELECT k.classes, k.collations, (
        SELECT string_agg(
          concat_ws(' ', (SELECT nullif(o.opcnamespace, 'pg_catalog'::regnamespace)::regnamespace FROM pg_opclass o WHERE o.oid = v.class),
                    (SELECT o.opcname FROM pg_opclass o WHERE o.oid = v.class),
                    CASE WHEN v.coll NOT IN (0, 100) THEN v.coll::regcollation END),
          ',' ORDER BY v.place)
        FROM unnest(string_to_array(k.classes, ' ')::oid[], string_to_array(k.collations, ' ')::oid[])
          WITH ORDINALITY v (class, coll, place)
      ) AS words
      FROM (SELECT DISTINCT k.classes, k.collations FROM keyed k) k
    )
    SELECT k.relnamespace, k.label, 'index ' || x.relname, ROW(
      am.amname, k.indisunique, k.indnullsnotdistinct, k.indisprimary, k.indisexclusion,
      k.indimmediate, k.indisclustered, k.indisvalid, k.indisreplident, x.relispartition,
      k.indnkeyatts,
      CASE WHEN k.has_holes THEN (
        SELECT string_agg((
          SELECT count(*) FROM pg_attribute b
          WHERE b.attrelid = k.oid AND b.attnum > 0 AND b.attnum <= v.attnum AND NOT b.attisdropped
        )::text, ' ' ORDER BY v.place)
        FROM unnest(k.indkey::int2[]) WITH ORDINALITY v (attnum, place)
      ) ELSE k.indkey::text END,
      n.words, k.indoption,
      pg_get_expr(k.indexprs, k.oid), pg_get_expr(k.indpred, k.oid),
      CASE WHEN x.reloptions IS NOT NULL THEN tenantry.option_words(x.reloptions) END,
      -- Only expressions and the larger access methods have options or statistics targets of their own.
      CASE WHEN k.indexprs IS NOT NULL OR am.amname NOT IN ('btree', 'hash') THEN (
        SELECT string_agg(ROW(a.attnum, a.attoptions, nullif(a.attstattarget, -1))::text, ',' ORDER BY a.attnum)
        FROM pg_attribute a
        WHERE a.attrelid = x.oid AND (a.attoptions IS NOT NULL OR nullif(a.attstattarget, -1) IS NOT NULL)
      ) END,
      d.description
    )::text
    FROM keyed k
    JOIN pg_class x ON x.oid = k.indexrelid
    JOIN pg_am am ON am.oid = x.relam
    JOIN named n ON n.classes = k.classes AND n.collations = k.collations
    LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = x.oid;
END $$;
