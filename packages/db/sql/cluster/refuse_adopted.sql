-- Returns when the schema of a lane may be dropped: one that Tenantry made, or one that was adopted and is archived since.
-- 2BP01  it was adopted, and the tenant is not closed: somebody's data, made before Tenantry came
CREATE OR REPLACE FUNCTION tenantry.refuse_adopted(p_lane tenantry.tenant) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- No failed adoption may end with its loss.
  IF p_lane.adopted_from IS NOT NULL AND (p_lane.schema_created_at IS NULL OR p_lane.blocked_at IS NULL) THEN
    RAISE 'the schema of tenant % was adopted from % and is not dropped', p_lane.tenant_id, p_lane.adopted_from
      USING ERRCODE = '2BP01', HINT = 'Give it back, or archive the tenant first.';
  END IF;
END $$;
