-- Event trigger: a script of a tenant may let nobody write into its tables but by the writer role, which is what a block
-- takes from the application.
-- TN033  the statement did that
CREATE OR REPLACE FUNCTION tenantry.refuse_loose_writes() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
  v_loose text;
BEGIN
  IF session_user !~ '^tn_[0-9a-z]{26}$' THEN
    RETURN;
  END IF;
  SELECT * INTO v_lane FROM tenantry.tenant WHERE owner_role = session_user AND dropped_at IS NULL;
  SELECT w INTO v_loose FROM tenantry.loose_writes(v_lane) w LIMIT 1;
  IF v_loose IS NOT NULL THEN
    RAISE 'a tenant''s tables are written to by its writer role alone: %', v_loose
      USING ERRCODE = 'TN033', HINT = 'Leave INSERT and UPDATE to the default privileges.';
  END IF;
END $$;
