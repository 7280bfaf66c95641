-- Drops the next objects of a tenant's schema, each with what depends on it and as many as take about p_locks locks, and
-- returns how many are left. Called again and again, each time in a transaction of its own, so that a tenant of any size
-- never takes more locks than its part of the server's. Forward it is the purge of an archived tenant; with p_undo it is the
-- beginning of drop_tenant_schema, and drops only what that would drop. There is no way back.
-- TN002  a newer attempt has been recorded
-- TN004  no such tenant
-- 55000  somebody of the tenant may still log in
-- 2BP01  p_undo, and the schema was adopted: see drop_tenant_schema
CREATE OR REPLACE FUNCTION tenantry.drop_tenant_objects(
  p_tenant text, p_operation text, p_fence bigint, p_locks integer, p_undo boolean
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
  v_schema oid;
  v_object record;
BEGIN
  IF p_undo THEN
    PERFORM tenantry.end_older_sessions(p_tenant, p_fence);
    v_lane := tenantry.enter_undo(p_tenant, p_operation, p_fence);
    PERFORM tenantry.refuse_adopted(v_lane);
  ELSE
    v_lane := tenantry.claim_lane(p_tenant, p_operation, p_fence);
  END IF;
  IF v_lane.dropped_at IS NOT NULL OR v_lane.schema_created_at IS NULL THEN
    RETURN 0;
  END IF;
  IF p_undo THEN
    PERFORM tenantry.close_roles(v_lane);
  ELSIF v_lane.blocked_at IS NULL THEN
    RAISE 'tenant % is not closed', p_tenant USING ERRCODE = '55000', HINT = 'Archive it first.';
  END IF;
  v_schema := to_regnamespace(quote_ident(v_lane.schema));
  FOR v_object IN
    WITH object AS (
      SELECT o.classid, o.objid, o.kind, o.drop_locks,
        -- Partitions before their parents: a parent takes all that it still has along. What tables use comes after them.
        row_number() OVER (ORDER BY o.classid <> 'pg_class'::regclass, NOT coalesce(c.relispartition, false), o.kind = 'SEQUENCE',
          o.classid <> 'pg_proc'::regclass, o.objid) AS place
      FROM tenantry.schema_objects(ARRAY[v_schema]) o
      LEFT JOIN pg_class c ON o.classid = 'pg_class'::regclass AND c.oid = o.objid
      WHERE o.part_of IS NULL
    )
    SELECT m.* FROM (SELECT o.*, sum(o.drop_locks) OVER (ORDER BY o.place) AS sum FROM object o) m
    WHERE m.sum <= p_locks OR m.place = 1 ORDER BY m.place
  LOOP
    -- One before it may have taken it along.
    CONTINUE WHEN (pg_identify_object(v_object.classid, v_object.objid, 0)).identity IS NULL;
    EXECUTE format('DROP %s %s CASCADE', v_object.kind, (pg_identify_object(v_object.classid, v_object.objid, 0)).identity);
  END LOOP;
  RETURN (SELECT count(*)::integer FROM tenantry.schema_objects(ARRAY[v_schema]) o WHERE o.part_of IS NULL);
END $$;
