-- Promise: a tenant is in one unfinished operation at most, whether that changes it or reads from it. Both tenants are
-- locked, in the order of their ids, before anybody looks, so that of two requests at once the second sees the first.
-- SQLSTATE TC002: it is; the error's detail is that operation's id.
CREATE OR REPLACE FUNCTION control.refuse_busy_tenant() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_wanted text[] := array_remove(ARRAY[NEW.tenant_id, NEW.source_id], NULL);
  v_busy text;
BEGIN
  IF v_wanted = '{}' THEN
    RETURN NEW;
  END IF;
  PERFORM FROM control.tenant WHERE id = ANY (v_wanted) ORDER BY id FOR UPDATE;
  SELECT id INTO v_busy FROM control.operation
  WHERE state NOT IN ('succeeded', 'failed', 'cancelled') AND (tenant_id = ANY (v_wanted) OR source_id = ANY (v_wanted))
  LIMIT 1;
  IF v_busy IS NOT NULL THEN
    RAISE EXCEPTION 'operation % is at work on this tenant', v_busy USING ERRCODE = 'TC002', DETAIL = v_busy;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER operation_finds_its_tenants_free BEFORE INSERT ON control.operation
  FOR EACH ROW EXECUTE FUNCTION control.refuse_busy_tenant();
