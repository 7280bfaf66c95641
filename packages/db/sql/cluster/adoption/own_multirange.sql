-- Gives a range's multirange the owner of its range, where PostgreSQL (before 17) leaves it behind.
CREATE OR REPLACE FUNCTION tenantry.own_multirange(p_type oid, p_owner name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_multirange regtype := (
    SELECT y.oid FROM pg_range g JOIN pg_type y ON y.oid = g.rngmultitypid
    WHERE g.rngtypid = p_type AND y.typowner <> to_regrole(quote_ident(p_owner)));
BEGIN
  IF v_multirange IS NOT NULL THEN
    EXECUTE format('ALTER TYPE %s OWNER TO %I', v_multirange, p_owner);
  END IF;
END $$;
