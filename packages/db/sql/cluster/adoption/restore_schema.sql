-- The way back of adopt_schema: name, owner, privileges and search_paths as schema_as_it_is found them.
-- 42704  the schema's old owner is gone
-- 42P06  a schema of the old name has been made meanwhile
CREATE OR REPLACE FUNCTION tenantry.restore_schema(p_lane tenantry.tenant, p_was jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_name name := p_was ->> 'name';
  v_present name := (SELECT nspname FROM pg_namespace WHERE oid = p_lane.adopted_oid);
  v_owner name := (SELECT rolname FROM pg_roles WHERE oid = (p_was ->> 'owner')::oid);
  v_item jsonb;
BEGIN
  IF v_owner IS NULL THEN
    RAISE 'the role that owned the schema % is gone', v_name USING ERRCODE = '42704';
  END IF;
  EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I REVOKE ALL ON TABLES FROM %I, %I',
    p_lane.owner_role, v_present, p_lane.writer_role, p_lane.app_role);
  EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I REVOKE ALL ON SEQUENCES FROM %I',
    p_lane.owner_role, v_present, p_lane.app_role);
  EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I REVOKE ALL ON FUNCTIONS FROM %I',
    p_lane.owner_role, v_present, p_lane.app_role);
  IF v_present <> v_name THEN
    EXECUTE format('ALTER SCHEMA %I RENAME TO %I', v_present, v_name);
  END IF;
  EXECUTE format('ALTER SCHEMA %I OWNER TO %I', v_name, v_owner);
  PERFORM tenantry.give_privileges(format('SCHEMA %I', v_name),
    ARRAY(SELECT oid FROM pg_roles WHERE rolname IN (p_lane.owner_role, p_lane.writer_role, p_lane.app_role, v_owner)),
    p_was -> 'acl');
  PERFORM tenantry.restore_defaults(v_name, p_was -> 'defaults');
  FOR v_item IN SELECT * FROM jsonb_array_elements(p_was -> 'functions') LOOP
    CONTINUE WHEN NOT EXISTS (SELECT FROM pg_proc WHERE oid = (v_item ->> 'id')::oid);
    EXECUTE format('ALTER ROUTINE %s SET search_path = %s', (v_item ->> 'id')::oid::regprocedure,
      tenantry.renamed_path(v_item ->> 'path', v_name, v_name));
  END LOOP;
  FOR v_item IN SELECT * FROM jsonb_array_elements(p_was -> 'roles') LOOP
    CONTINUE WHEN to_regrole(quote_ident(v_item ->> 'name')) IS NULL;
    EXECUTE format('ALTER ROLE %I IN DATABASE %I %s', v_item ->> 'name', current_database(), CASE
      WHEN v_item ->> 'own' IS NULL THEN 'RESET search_path'
      ELSE 'SET search_path = ' || (
        SELECT string_agg(quote_ident(e), ', ' ORDER BY place)
        FROM unnest(tenantry.path_elements(v_item ->> 'own')) WITH ORDINALITY p (e, place)) END);
  END LOOP;
END $$;
