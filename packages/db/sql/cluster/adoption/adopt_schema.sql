-- Gives the schema that a tenant is adopting the tenant's name, the installer as its owner and the privileges of a schema
-- that Tenantry made; functions and kept roles whose search_path names it get the new name. What it was is in the ledger
-- row. With p_expected, a schema that would not have this fingerprint is refused before anybody sees a change. Returns
-- {from, to, roles: those whose search_path changed}, also when the operation has done it already.
-- TN002  a newer attempt has been recorded, or this very attempt has begun to undo
-- TN004  the tenant is adopting nothing, or the schema is gone
-- TN005  a schema of the new name exists
-- TN010  its fingerprint is not p_expected
-- TN030  something has come in the way meanwhile
-- 40001  an object has been made meanwhile: go on with adopt_objects
CREATE OR REPLACE FUNCTION tenantry.adopt_schema(p_tenant text, p_operation text, p_fence bigint, p_expected text)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  v_lane tenantry.tenant;
  v_was jsonb;
  v_told jsonb;
  v_fingerprint text;
BEGIN
  IF NOT tenantry.enter_step(p_tenant, p_operation, p_fence, 'adopt schema') THEN
    RETURN (SELECT result -> 'told' FROM tenantry.ledger WHERE operation_id = p_operation AND step = 'adopt schema');
  END IF;
  v_lane := tenantry.adopting_lane(p_tenant);
  IF tenantry.left_to_adopt(v_lane) > 0 THEN
    RAISE 'objects have been made in % meanwhile', v_lane.adopted_from USING ERRCODE = '40001';
  END IF;
  PERFORM tenantry.refuse_obstacles(v_lane.adopted_from, v_lane.schema);
  v_was := tenantry.schema_as_it_is(v_lane);

  PERFORM tenantry.clear_defaults(v_lane.adopted_from, v_was -> 'defaults');
  IF v_lane.adopted_from <> v_lane.schema THEN
    IF to_regnamespace(quote_ident(v_lane.schema)) IS NOT NULL THEN
      RAISE 'a schema % exists already', v_lane.schema
        USING ERRCODE = 'TN005', HINT = 'Somebody made it by hand: move it away, or choose another slug.';
    END IF;
    EXECUTE format('ALTER SCHEMA %I RENAME TO %I', v_lane.adopted_from, v_lane.schema);
  END IF;
  EXECUTE format('ALTER SCHEMA %I OWNER TO %I', v_lane.schema, current_user);
  PERFORM tenantry.give_privileges(format('SCHEMA %I', v_lane.schema),
    tenantry.grantees_of(v_was -> 'acl') || to_regrole(quote_ident(current_user))::oid,
    tenantry.acl_items(acldefault('n', to_regrole(quote_ident(current_user)))));
  PERFORM tenantry.grant_tenant_schema(v_lane);
  PERFORM tenantry.move_paths(v_was, v_lane.schema);

  IF p_expected IS NOT NULL THEN
    v_fingerprint := tenantry.fingerprint(v_lane.schema);
    IF v_fingerprint <> p_expected THEN
      RAISE 'the schema % is not what the template promises: its fingerprint would be %, not %',
        v_lane.adopted_from, v_fingerprint, p_expected USING ERRCODE = 'TN010';
    END IF;
  END IF;
  v_told := jsonb_build_object('from', v_lane.adopted_from, 'to', v_lane.schema,
    'roles', (SELECT coalesce(jsonb_agg(r -> 'name'), '[]') FROM jsonb_array_elements(v_was -> 'roles') r));
  PERFORM tenantry.record_step(p_tenant, p_operation, p_fence, 'adopt schema', v_was || jsonb_build_object('told', v_told));
  RETURN v_told;
END $$;
