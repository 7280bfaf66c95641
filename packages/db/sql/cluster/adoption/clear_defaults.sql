-- Takes away the default privileges in a schema that schema_as_it_is found.
CREATE OR REPLACE FUNCTION tenantry.clear_defaults(p_schema name, p_defaults jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_default jsonb;
  v_grantee text;
BEGIN
  FOR v_default IN SELECT * FROM jsonb_array_elements(p_defaults) LOOP
    FOR v_grantee IN
      SELECT coalesce(quote_ident(r.rolname), 'PUBLIC')
      FROM unnest(tenantry.grantees_of(v_default -> 'acl')) g LEFT JOIN pg_roles r ON r.oid = g
    LOOP
      EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I REVOKE ALL ON %s FROM %s CASCADE',
        v_default ->> 'role', p_schema, tenantry.default_words(v_default ->> 'type'), v_grantee);
    END LOOP;
  END LOOP;
END $$;
