-- Fits the next objects of the schema that a tenant is adopting, as many as take p_locks locks at most, and returns how
-- many are left. Each call is a step and a transaction of its own, and its ledger row knows how everything was. Waits for
-- no lock longer than two seconds: the product is at work meanwhile.
-- TN002  a newer attempt has been recorded, or this very attempt has begun to undo
-- TN004  the tenant is adopting nothing, or the schema is gone
-- 55P03  an object stayed locked
CREATE OR REPLACE FUNCTION tenantry.adopt_objects(
  p_tenant text, p_operation text, p_fence bigint, p_step text, p_locks integer
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  v_lane tenantry.tenant;
  v_owner oid;
  v_was jsonb[] := '{}';
  v_object record;
BEGIN
  IF NOT tenantry.enter_step(p_tenant, p_operation, p_fence, p_step) THEN
    -- A later attempt may come when all is done.
    IF EXISTS (SELECT FROM tenantry.tenant WHERE tenant_id = p_tenant AND schema_created_at IS NOT NULL) THEN
      RETURN 0;
    END IF;
    v_lane := tenantry.adopting_lane(p_tenant);
  ELSE
    v_lane := tenantry.adopting_lane(p_tenant);
    v_owner := to_regrole(quote_ident(v_lane.owner_role));
    FOR v_object IN
      WITH object AS MATERIALIZED (SELECT * FROM tenantry.schema_objects(ARRAY[v_lane.adopted_oid])),
      -- A table and the sequences of its columns go together.
      unit AS (
        SELECT coalesce(o.part_of, o.objid) AS unit, o.classid, sum(o.locks) AS locks
        FROM object o GROUP BY 1, 2 HAVING bool_or(o.part_of IS NULL AND o.owner <> v_owner)
      ),
      measured AS (
        SELECT u.unit, u.classid, sum(u.locks) OVER (ORDER BY u.classid, u.unit) AS locks,
          row_number() OVER (ORDER BY u.classid, u.unit) AS place
        FROM unit u
      )
      SELECT o.* FROM measured m JOIN object o ON o.classid = m.classid AND coalesce(o.part_of, o.objid) = m.unit
      WHERE m.locks <= p_locks OR m.place = 1
      ORDER BY m.place, o.part_of IS NOT NULL, o.objid
    LOOP
      v_was := v_was || tenantry.fit_object(v_lane, v_object.classid, v_object.objid, v_object.kind, v_object.owner,
        v_object.acl, v_object.acl_kind, v_object.part_of IS NOT NULL);
    END LOOP;
    PERFORM tenantry.record_step(p_tenant, p_operation, p_fence, p_step, to_jsonb(v_was));
  END IF;
  RETURN tenantry.left_to_adopt(v_lane);
END $$;
