-- Drops the tenant's roles and leaves its lane as a tombstone that remembers the fence; the way back of
-- create_tenant_roles. Roles that are at work in another database of this server only lose this one: the last drops them.
-- True when there were roles to drop; safe to repeat.
-- TN002  stale attempt
-- TN003  not a tenant id
-- 2BP01  the schema is still there, or was adopted and not given back
CREATE OR REPLACE FUNCTION tenantry.drop_tenant_roles(p_tenant text, p_operation text, p_fence bigint)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
  v_roles text;
BEGIN
  PERFORM tenantry.end_older_sessions(p_tenant, p_fence);
  v_lane := tenantry.enter_undo(p_tenant, p_operation, p_fence);
  DELETE FROM tenantry.ledger WHERE operation_id = p_operation AND tenant_id = p_tenant AND step = 'roles';
  IF v_lane.dropped_at IS NOT NULL THEN
    RETURN false;
  END IF;
  IF v_lane.schema_created_at IS NOT NULL THEN
    RAISE 'tenant % still has its schema %', p_tenant, v_lane.schema
      USING ERRCODE = '2BP01', HINT = 'Run drop_tenant_schema first.';
  END IF;

  -- DROP OWNED would take along what the owner holds of a schema that is being adopted.
  IF v_lane.adopted_from IS NOT NULL THEN
    RAISE 'tenant % has not given the schema % back', p_tenant, v_lane.adopted_from
      USING ERRCODE = '2BP01', HINT = 'Run give_back_schema first.';
  END IF;

  PERFORM tenantry.close_roles(v_lane);
  SELECT string_agg(quote_ident(rolname), ', ') INTO v_roles
    FROM pg_roles WHERE rolname IN (
      v_lane.owner_role, v_lane.writer_role, v_lane.app_role, v_lane.login_role, v_lane.previous_login_role);
  IF v_roles IS NOT NULL THEN
    EXECUTE 'DROP OWNED BY ' || v_roles || ' CASCADE';
    IF tenantry.is_shared(v_lane.owner_role) THEN
      EXECUTE format('REVOKE %I FROM %I, %I, %I', (SELECT tenants_role FROM tenantry.installation),
        v_lane.owner_role, v_lane.writer_role, v_lane.app_role);
    ELSE
      EXECUTE 'DROP ROLE ' || v_roles;
    END IF;
  END IF;
  UPDATE tenantry.tenant
    SET dropped_at = clock_timestamp(), nonce_hash = NULL, armed_until = NULL,
      login_role = NULL, previous_login_role = NULL, blocked_at = NULL
    WHERE tenant_id = p_tenant;
  DELETE FROM tenantry.tenant_limit WHERE tenant_id = p_tenant;
  DELETE FROM tenantry.relation_tally WHERE tenant_id = p_tenant;
  PERFORM tenantry.record_step(p_tenant, p_operation, p_fence, 'undo roles');
  RETURN true;
END $$;
