-- Makes the tenant's owner the owner of one object, takes from everybody else what they could do with it, and gives the
-- tenant's roles what they would have if the owner had made it. Returns how it was before, for unfit_object.
CREATE OR REPLACE FUNCTION tenantry.fit_object(
  p_lane tenantry.tenant, p_class oid, p_object oid, p_kind text, p_owner oid, p_acl aclitem[], p_acl_kind "char",
  p_part boolean
) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_name text := (SELECT identity FROM pg_identify_object(p_class, p_object, 0));
  v_owner oid := to_regrole(quote_ident(p_lane.owner_role));
  v_app bigint := to_regrole(quote_ident(p_lane.app_role))::oid::bigint;
  v_writer bigint := to_regrole(quote_ident(p_lane.writer_role))::oid::bigint;
  v_acl jsonb := tenantry.acl_items(p_acl);
  v_columns jsonb;
  v_wanted jsonb;
BEGIN
  IF p_acl_kind = 'r' THEN
    SELECT jsonb_object_agg(a.attname, tenantry.acl_items(a.attacl)) INTO v_columns
      FROM pg_attribute a WHERE a.attrelid = p_object AND a.attacl IS NOT NULL AND NOT a.attisdropped;
  END IF;
  -- A sequence that a column owns has followed its table.
  IF NOT p_part THEN
    EXECUTE format('ALTER %s %s OWNER TO %I', p_kind, v_name, p_lane.owner_role);
  END IF;
  IF p_kind = 'TYPE' THEN
    PERFORM tenantry.own_multirange(p_object, p_lane.owner_role);
  END IF;

  v_wanted := CASE p_acl_kind
    WHEN 'r' THEN tenantry.acl_items(acldefault('r', v_owner)) || jsonb_build_array(
      jsonb_build_array(v_writer, 'INSERT', false), jsonb_build_array(v_writer, 'UPDATE', false),
      jsonb_build_array(v_app, 'SELECT', false), jsonb_build_array(v_app, 'DELETE', false),
      jsonb_build_array(v_app, 'TRUNCATE', false))
    WHEN 's' THEN tenantry.acl_items(acldefault('s', v_owner)) || jsonb_build_array(
      jsonb_build_array(v_app, 'USAGE', false), jsonb_build_array(v_app, 'SELECT', false))
    -- What was hidden from PUBLIC stays hidden from it.
    WHEN 'f' THEN tenantry.kept_defaults(p_acl, 'f', v_owner) || jsonb_build_array(jsonb_build_array(v_app, 'EXECUTE', false))
    WHEN 'T' THEN CASE WHEN p_acl IS NOT NULL THEN tenantry.kept_defaults(p_acl, 'T', v_owner) END
  END;
  IF v_wanted IS NOT NULL THEN
    PERFORM tenantry.give_privileges(
      CASE WHEN p_acl_kind = 'r' THEN 'TABLE' ELSE p_kind END || ' ' || v_name,
      v_owner || tenantry.grantees_of(VARIADIC array_prepend(v_acl, ARRAY(SELECT value FROM jsonb_each(v_columns)))), v_wanted);
  END IF;
  RETURN jsonb_strip_nulls(jsonb_build_object(
    'class', p_class::bigint, 'id', p_object::bigint, 'kind', p_kind, 'owner', p_owner::bigint, 'acl', v_acl,
    'aclKind', p_acl_kind::text, 'columns', v_columns, 'part', nullif(p_part, false)));
END $$;
