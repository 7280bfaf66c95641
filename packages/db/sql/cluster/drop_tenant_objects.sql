-- Drops up to p_most tables, views and sequences of an archived tenant, each with what depends on it, and returns how
-- many are left. Called again and again, each time in a transaction of its own, so that a tenant of any size never takes more locks
-- than the server has. There is no way back.
-- TN002  a newer attempt has been recorded
-- TN004  no such tenant
-- 55000  somebody of the tenant may still log in
CREATE OR REPLACE FUNCTION tenantry.drop_tenant_objects(p_tenant text, p_operation text, p_fence bigint, p_most integer)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
  v_object record;
BEGIN
  v_lane := tenantry.claim_lane(p_tenant, p_operation, p_fence);
  IF v_lane.dropped_at IS NOT NULL OR v_lane.schema_created_at IS NULL THEN
    RETURN 0;
  END IF;
  IF v_lane.blocked_at IS NULL THEN
    RAISE 'tenant % is not closed', p_tenant USING ERRCODE = '55000', HINT = 'Archive it first.';
  END IF;
  FOR v_object IN
    SELECT c.oid::regclass::text AS name, c.relkind FROM pg_class c
    WHERE c.relnamespace = v_lane.schema::text::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    -- Partitions before their parents: a parent takes all that it still has along.
    ORDER BY NOT c.relispartition, c.relkind = 'S', c.oid LIMIT p_most
  LOOP
    -- One before it may have taken it along.
    CONTINUE WHEN to_regclass(v_object.name) IS NULL;
    EXECUTE format('DROP %s %s CASCADE', CASE v_object.relkind
      WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE'
      ELSE 'TABLE' END, v_object.name);
  END LOOP;
  RETURN (SELECT count(*)::integer FROM pg_class c
    WHERE c.relnamespace = v_lane.schema::text::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f'));
END $$;
