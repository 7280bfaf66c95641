-- Columns in their logical order: a hole that a dropped column left does not count.
CREATE OR REPLACE FUNCTION tenantry.column_rows(p_scope tenantry.fingerprint_scope[], p_relations oid[])
RETURNS SETOF tenantry.fingerprint_row
LANGUAGE plpgsql STABLE ROWS 1000 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT c.relnamespace, tenantry.relation_label(c.relkind, c.relname), 'column ' || a.attname, ROW(
      row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum),
      format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
      a.attidentity, a.attgenerated, a.attstorage, a.attcompression,
      CASE WHEN a.attcollation NOT IN (0, 100) THEN a.attcollation::regcollation END,
      a.attislocal, a.attinhcount, nullif(a.attstattarget, -1),
      CASE WHEN a.attoptions IS NOT NULL THEN tenantry.option_words(a.attoptions) END,
      CASE WHEN a.attfdwoptions IS NOT NULL THEN tenantry.option_words(a.attfdwoptions) END,
      CASE WHEN a.attacl IS NOT NULL THEN tenantry.acl_words(a.attacl, 'c', c.relowner, s) END,
      n.description
    )::text
    FROM pg_class c
    JOIN unnest(p_scope) s ON s.ns = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_description n ON n.classoid = 'pg_class'::regclass AND n.objoid = c.oid AND n.objsubid = a.attnum
    WHERE c.oid = ANY (p_relations) AND c.relkind <> 'S';
END $$;
