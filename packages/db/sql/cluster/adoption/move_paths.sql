-- Gives the functions and roles that schema_as_it_is found the schema's new name in their search_path; roles in this
-- database alone.
CREATE OR REPLACE FUNCTION tenantry.move_paths(p_was jsonb, p_to name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_from name := p_was ->> 'name';
  v_item jsonb;
BEGIN
  IF v_from = p_to THEN
    RETURN;
  END IF;
  FOR v_item IN SELECT * FROM jsonb_array_elements(p_was -> 'functions') LOOP
    EXECUTE format('ALTER ROUTINE %s SET search_path = %s', (v_item ->> 'id')::oid::regprocedure,
      tenantry.renamed_path(v_item ->> 'path', v_from, p_to));
  END LOOP;
  FOR v_item IN SELECT * FROM jsonb_array_elements(p_was -> 'roles') LOOP
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET search_path = %s', v_item ->> 'name', current_database(),
      tenantry.renamed_path(v_item ->> 'effective', v_from, p_to, (v_item ->> 'name')::name));
  END LOOP;
END $$;
