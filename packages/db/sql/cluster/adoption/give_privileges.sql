-- Makes p_items all the privileges that there are on something: takes them from everybody in p_from and from PUBLIC, then
-- gives the items, as its owner. p_on is how GRANT calls it, such as TABLE s.t; p_column restricts it to one column.
CREATE OR REPLACE FUNCTION tenantry.give_privileges(p_on text, p_from oid[], p_items jsonb, p_column name DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_columns text := CASE WHEN p_column IS NOT NULL THEN format(' (%I)', p_column) ELSE '' END;
  v_item record;
BEGIN
  EXECUTE format('REVOKE ALL%s ON %s FROM PUBLIC%s CASCADE', v_columns, p_on,
    (SELECT string_agg(', ' || quote_ident(r.rolname), '') FROM pg_roles r WHERE r.oid = ANY (p_from)));
  FOR v_item IN
    SELECT string_agg((i ->> 1) || v_columns, ', ') AS privileges,
      coalesce(quote_ident(r.rolname), 'PUBLIC') AS grantee, (i ->> 2)::boolean AS grantable
    FROM jsonb_array_elements(p_items) i
    LEFT JOIN pg_roles r ON r.oid = (i ->> 0)::oid
    -- A role that is gone meanwhile gets nothing.
    WHERE r.oid IS NOT NULL OR (i ->> 0)::oid = 0
    GROUP BY r.rolname, (i ->> 2)::boolean
  LOOP
    EXECUTE format('GRANT %s ON %s TO %s%s', v_item.privileges, p_on, v_item.grantee,
      CASE WHEN v_item.grantable THEN ' WITH GRANT OPTION' ELSE '' END);
  END LOOP;
END $$;
