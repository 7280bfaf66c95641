-- Constraints. NOT NULL, which 18 made constraints of their own, is told by the column; here only what the column
-- cannot tell: that one is not validated or not inherited. NO INHERIT of a key depends on how a partition came to be.
CREATE OR REPLACE FUNCTION tenantry.constraint_rows(p_scope tenantry.fingerprint_scope[], p_relations oid[])
RETURNS SETOF tenantry.fingerprint_row
LANGUAGE plpgsql STABLE ROWS 300 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT c.relnamespace, tenantry.relation_label(c.relkind, c.relname), 'constraint ' || k.conname, ROW(
      k.contype, pg_get_constraintdef(k.oid), k.convalidated, k.conislocal, k.coninhcount,
      k.contype IN ('c', 'n') AND k.connoinherit, k.conparentid <> 0, d.description
    )::text
    FROM pg_class c
    JOIN pg_constraint k ON k.conrelid = c.oid
    LEFT JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid
    WHERE c.oid = ANY (p_relations) AND c.relkind IN ('r', 'p', 'f')
      AND k.contype <> 't' AND (k.contype <> 'n' OR NOT k.convalidated OR k.connoinherit);
END $$;
