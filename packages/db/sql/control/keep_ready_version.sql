-- Promise: a template version that is ready stays as it is, for tenants were built from it and workers keep its snapshot.
-- SQLSTATE TC005: it would change or go.
CREATE OR REPLACE FUNCTION control.keep_ready_version() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'version % of template % is ready: it does not change any more', OLD.version, OLD.template_id
    USING ERRCODE = 'TC005';
END $$;

CREATE OR REPLACE TRIGGER template_version_is_kept_when_ready BEFORE UPDATE OR DELETE ON control.template_version
  FOR EACH ROW WHEN (OLD.state = 'ready') EXECUTE FUNCTION control.keep_ready_version();
