-- Gives one object back to the owner and the privileges that fit_object found. One that is gone meanwhile is let be.
-- 42704  its old owner is gone
CREATE OR REPLACE FUNCTION tenantry.unfit_object(p_lane tenantry.tenant, p_was jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_name text := (SELECT identity FROM pg_identify_object((p_was ->> 'class')::oid, (p_was ->> 'id')::oid, 0));
  v_owner name := (SELECT rolname FROM pg_roles WHERE oid = (p_was ->> 'owner')::oid);
  v_ours oid[] := ARRAY(
    SELECT oid FROM pg_roles WHERE rolname IN (p_lane.owner_role, p_lane.writer_role, p_lane.app_role));
  v_kind "char" := p_was ->> 'aclKind';
  v_on text := CASE WHEN v_kind = 'r' THEN 'TABLE' ELSE p_was ->> 'kind' END || ' ' || v_name;
  v_column record;
BEGIN
  IF v_name IS NULL THEN
    RETURN;
  END IF;
  IF v_owner IS NULL THEN
    RAISE 'the role that owned % is gone', v_name USING ERRCODE = '42704';
  END IF;
  IF p_was -> 'part' IS NULL THEN
    EXECUTE format('ALTER %s %s OWNER TO %I', p_was ->> 'kind', v_name, v_owner);
  END IF;
  IF p_was ->> 'kind' = 'TYPE' THEN
    PERFORM tenantry.own_multirange((p_was ->> 'id')::oid, v_owner);
  END IF;
  -- A type with the default privileges was left alone.
  IF v_kind IS NOT NULL AND NOT (v_kind = 'T' AND p_was -> 'acl' IS NULL) THEN
    PERFORM tenantry.give_privileges(v_on, v_ours || (p_was ->> 'owner')::oid,
      coalesce(p_was -> 'acl', tenantry.acl_items(acldefault(v_kind, (p_was ->> 'owner')::oid))));
  END IF;
  FOR v_column IN SELECT key, value FROM jsonb_each(p_was -> 'columns') LOOP
    PERFORM tenantry.give_privileges(v_on, v_ours, v_column.value, v_column.key::name);
  END LOOP;
END $$;
