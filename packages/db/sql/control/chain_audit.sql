-- Promise: each audit row continues its chain: seq rises by one from 1 without a gap, prev_hash is the hash before it,
-- and what a caller puts there does not count. The chain's head row is locked until commit, so append last.
CREATE OR REPLACE FUNCTION control.chain_audit() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_head control.audit_head;
BEGIN
  INSERT INTO control.audit_head (chain, seq, hash) VALUES (NEW.chain, 0, '') ON CONFLICT (chain) DO NOTHING;
  SELECT * INTO v_head FROM control.audit_head WHERE chain = NEW.chain FOR UPDATE;
  NEW.seq := v_head.seq + 1;
  NEW.at := clock_timestamp();
  NEW.prev_hash := v_head.hash;
  NEW.hash := control.audit_digest(NEW);
  UPDATE control.audit_head SET seq = NEW.seq, hash = NEW.hash WHERE chain = NEW.chain;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER audit_is_chained BEFORE INSERT ON control.audit
  FOR EACH ROW EXECUTE FUNCTION control.chain_audit();
