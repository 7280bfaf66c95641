-- Takes a schema that somebody made by hand into a tenant's lane, to be adopted under the lane's name, and makes the roles
-- that the product logs in as members of the tenant's application role. Nothing of the schema changes yet, and it stays
-- somebody else's until finish_adoption. Returns what it recorded, also when the operation has done it already.
-- TN002  a newer attempt has been recorded, or this very attempt has begun to undo
-- TN004  no such tenant or no such schema
-- TN005  the schema is a tenant's, the tenant has one, or the name that it shall get is taken
-- TN030  something stands in the way: see adoption_obstacles; or a role cannot be kept
CREATE OR REPLACE FUNCTION tenantry.begin_adoption(
  p_tenant text, p_operation text, p_fence bigint, p_schema name, p_keep name[]
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
  v_schema oid := to_regnamespace(quote_ident(p_schema))::oid;
  v_role name;
  v_result jsonb := jsonb_build_object('schema', p_schema, 'roles', to_jsonb(p_keep));
BEGIN
  IF NOT tenantry.enter_step(p_tenant, p_operation, p_fence, 'adopt begin') THEN
    RETURN (SELECT result FROM tenantry.ledger WHERE operation_id = p_operation AND step = 'adopt begin');
  END IF;
  SELECT * INTO v_lane FROM tenantry.tenant WHERE tenant_id = p_tenant;
  IF v_lane.dropped_at IS NOT NULL THEN
    RAISE 'tenant % has no roles', p_tenant USING ERRCODE = 'TN004', HINT = 'Run create_tenant_roles first.';
  END IF;
  IF v_schema IS NULL THEN
    RAISE 'no schema % in this database', p_schema USING ERRCODE = 'TN004', HINT = 'Look whether somebody renamed it.';
  END IF;
  IF v_lane.schema_created_at IS NOT NULL OR v_lane.adopted_oid IS NOT NULL OR EXISTS (
    SELECT FROM tenantry.tenant t WHERE t.tenant_id <> p_tenant AND t.dropped_at IS NULL
      AND (t.adopted_oid = v_schema OR (t.schema = p_schema AND t.schema_created_at IS NOT NULL))
  ) OR p_schema IN ('tenantry', 'information_schema', 'public') OR p_schema ~ '^pg_' THEN
    RAISE 'the schema % is not to be had', p_schema
      USING ERRCODE = 'TN005', HINT = 'It is a tenant''s, PostgreSQL''s or Tenantry''s own.';
  END IF;
  IF v_lane.schema <> p_schema AND to_regnamespace(quote_ident(v_lane.schema)) IS NOT NULL THEN
    RAISE 'a schema % exists already', v_lane.schema
      USING ERRCODE = 'TN005', HINT = 'Somebody made it by hand: move it away, or choose another slug.';
  END IF;
  PERFORM tenantry.refuse_obstacles(p_schema, v_lane.schema);

  FOREACH v_role IN ARRAY p_keep LOOP
    PERFORM tenantry.keep_role(v_lane, v_schema, v_role);
  END LOOP;
  UPDATE tenantry.tenant SET adopted_from = p_schema, adopted_oid = v_schema WHERE tenant_id = p_tenant;
  PERFORM tenantry.record_step(p_tenant, p_operation, p_fence, 'adopt begin', v_result);
  RETURN v_result;
END $$;
