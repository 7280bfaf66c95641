-- Promise: a row's state only ever moves along an arrow of its state machine (machine_transition), and a new row
-- starts in the machine's initial state. Trigger argument: the machine's noun.
-- SQLSTATE TC001: no such arrow.
CREATE OR REPLACE FUNCTION control.enforce_transition() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_noun text := TG_ARGV[0];
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM FROM control.machine_state m WHERE m.noun = v_noun AND m.state = NEW.state AND m.initial;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'a new % cannot start as %', v_noun, NEW.state USING ERRCODE = 'TC001';
    END IF;
  ELSIF NEW.state IS DISTINCT FROM OLD.state THEN
    PERFORM FROM control.machine_transition t
      WHERE t.noun = v_noun AND t."from" = OLD.state AND t."to" = NEW.state;
    IF NOT FOUND THEN
      RAISE EXCEPTION '% % cannot move from % to %', v_noun, NEW.id, OLD.state, NEW.state USING ERRCODE = 'TC001';
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER tenant_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.tenant
  FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('tenant');
CREATE OR REPLACE TRIGGER operation_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.operation
  FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('operation');
CREATE OR REPLACE TRIGGER spare_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.spare
  FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('spare');
CREATE OR REPLACE TRIGGER bulk_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.bulk
  FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('bulk');
CREATE OR REPLACE TRIGGER cluster_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.cluster
  FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('cluster');
CREATE OR REPLACE TRIGGER incident_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.incident
  FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('incident');
CREATE OR REPLACE TRIGGER alert_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.alert
  FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('alert');
