-- Returns when nothing grave stands in the way of adopting the schema under the name p_to.
-- TN030  something does; the message names the schema, the detail every obstacle
CREATE OR REPLACE FUNCTION tenantry.refuse_obstacles(p_schema name, p_to name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_words text := (
    SELECT string_agg(o.words, ' ' ORDER BY o.code)
    FROM tenantry.adoption_obstacles(ARRAY[p_schema], p_to) o WHERE o.grave);
BEGIN
  IF v_words IS NOT NULL THEN
    RAISE 'the schema % cannot be adopted. %', p_schema, v_words
      USING ERRCODE = 'TN030', HINT = 'Mend what the message names, then retry.';
  END IF;
END $$;
