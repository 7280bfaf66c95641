-- Lets through only names that Tenantry makes: tenant ids (tn_ and 26 letters or digits) and tenant schemas (t_ and a
-- slug). Every function that puts a name into DDL asks here first; text, because a cast to name would cut in silence.
-- TN003  the id or the schema is not such a name
CREATE OR REPLACE FUNCTION tenantry.require_names(p_tenant text, p_schema text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_tenant IS NULL OR p_tenant !~ '^tn_[0-9a-z]{26}$' THEN
    RAISE 'not a tenant id: %', coalesce(quote_literal(p_tenant), 'null')
      USING ERRCODE = 'TN003', HINT = 'A tenant id is tn_ and 26 lower-case letters or digits.';
  END IF;
  IF p_schema IS NULL OR p_schema !~ '^t_[a-z][a-z0-9_]{0,58}$' THEN
    RAISE 'not a tenant schema: %', coalesce(quote_literal(p_schema), 'null')
      USING ERRCODE = 'TN003', HINT = 'A tenant schema is t_, a letter, and at most 58 letters, digits or underscores.';
  END IF;
END $$;
