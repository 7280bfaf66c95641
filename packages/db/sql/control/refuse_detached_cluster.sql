-- Promise: nothing new comes to a detached cluster. A placement that raced with the detach waits for it and then sees it.
-- SQLSTATE TC003: it is detached.
CREATE OR REPLACE FUNCTION control.refuse_detached_cluster() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_cluster control.cluster;
BEGIN
  SELECT * INTO v_cluster FROM control.cluster WHERE id = NEW.cluster_id FOR KEY SHARE;
  IF v_cluster.state = 'detached' THEN
    RAISE EXCEPTION 'cluster % is detached', v_cluster.name USING ERRCODE = 'TC003';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER tenant_is_on_a_living_cluster BEFORE INSERT OR UPDATE OF cluster_id ON control.tenant
  FOR EACH ROW EXECUTE FUNCTION control.refuse_detached_cluster();
CREATE OR REPLACE TRIGGER spare_is_on_a_living_cluster BEFORE INSERT OR UPDATE OF cluster_id ON control.spare
  FOR EACH ROW EXECUTE FUNCTION control.refuse_detached_cluster();
CREATE OR REPLACE TRIGGER operation_is_on_a_living_cluster BEFORE INSERT OR UPDATE OF cluster_id ON control.operation
  FOR EACH ROW EXECUTE FUNCTION control.refuse_detached_cluster();
