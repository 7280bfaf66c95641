-- Holds a tenant to its limits: {blocked, relations, connections, tempBytes}; what is left out has none. May be repeated,
-- and told in any order: an older revision is refused. A block takes effect with the commit, also while an operation
-- has the tenant's lane; limits of roles then wait, and `busy` says so. After a block, call end_held_writes. Returns
--   {busy, unheld: resources that cannot be held here, leaks: what writes past a block}
-- TN002  a newer revision has been told
-- TN004  no such tenant, or its schema is not there yet
CREATE OR REPLACE FUNCTION tenantry.set_tenant_limits(p_tenant text, p_revision bigint, p_limits jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_blocked boolean := coalesce((p_limits ->> 'blocked')::boolean, false);
  v_lane tenantry.tenant;
  v_free tenantry.tenant;
BEGIN
  INSERT INTO tenantry.tenant_limit AS l (tenant_id, revision, writes_blocked, relations, connections, temp_bytes)
    SELECT t.tenant_id, p_revision, v_blocked, (p_limits ->> 'relations')::bigint,
      CASE WHEN p_limits ? 'connections' THEN least((p_limits ->> 'connections')::bigint, 2147483647)::integer END, (p_limits ->> 'tempBytes')::bigint
    FROM tenantry.tenant t
    WHERE t.tenant_id = p_tenant AND t.dropped_at IS NULL AND t.schema_created_at IS NOT NULL
    ON CONFLICT (tenant_id) DO UPDATE SET revision = excluded.revision, writes_blocked = excluded.writes_blocked,
      relations = excluded.relations, connections = excluded.connections, temp_bytes = excluded.temp_bytes,
      held_at = CASE WHEN l.writes_blocked AND excluded.writes_blocked THEN l.held_at END,
      set_at = clock_timestamp()
      WHERE l.revision <= excluded.revision;
  IF NOT FOUND THEN
    IF EXISTS (SELECT FROM tenantry.tenant_limit WHERE tenant_id = p_tenant AND revision > p_revision) THEN
      RAISE 'a newer revision of the limits of % has been told', p_tenant USING ERRCODE = 'TN002';
    END IF;
    RAISE 'no tenant % in this database', p_tenant USING ERRCODE = 'TN004';
  END IF;
  SELECT * INTO v_lane FROM tenantry.tenant WHERE tenant_id = p_tenant;
  PERFORM tenantry.hold_writes(v_lane, v_blocked);
  INSERT INTO tenantry.relation_tally (tenant_id, relations)
    SELECT p_tenant, tenantry.relation_count(n.oid) FROM pg_namespace n
    WHERE n.nspname = v_lane.schema AND p_limits ? 'relations'
    ON CONFLICT (tenant_id) DO NOTHING;
  SELECT * INTO v_free FROM tenantry.tenant WHERE tenant_id = p_tenant FOR UPDATE SKIP LOCKED;
  RETURN jsonb_build_object(
    'busy', v_free.tenant_id IS NULL,
    'unheld', CASE WHEN v_free.tenant_id IS NULL THEN '[]' ELSE to_jsonb(tenantry.apply_role_limits(v_free)) END,
    'leaks', CASE WHEN v_blocked THEN tenantry.write_leaks(v_lane) ELSE '[]' END);
END $$;
