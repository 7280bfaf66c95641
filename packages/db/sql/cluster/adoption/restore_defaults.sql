-- Gives the default privileges in a schema that schema_as_it_is found.
CREATE OR REPLACE FUNCTION tenantry.restore_defaults(p_schema name, p_defaults jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_item record;
BEGIN
  FOR v_item IN
    SELECT d ->> 'role' AS role, d ->> 'type' AS type, i ->> 1 AS privilege, (i ->> 2)::boolean AS grantable,
      coalesce(quote_ident(r.rolname), 'PUBLIC') AS grantee
    FROM jsonb_array_elements(p_defaults) d
    CROSS JOIN jsonb_array_elements(d -> 'acl') i
    LEFT JOIN pg_roles r ON r.oid = (i ->> 0)::oid
    WHERE r.oid IS NOT NULL OR (i ->> 0)::oid = 0
  LOOP
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT %s ON %s TO %s%s', v_item.role, p_schema,
      v_item.privilege, tenantry.default_words(v_item.type), v_item.grantee,
      CASE WHEN v_item.grantable THEN ' WITH GRANT OPTION' ELSE '' END);
  END LOOP;
END $$;
