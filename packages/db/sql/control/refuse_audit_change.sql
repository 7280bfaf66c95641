-- Promise: what the audit log says stays said: no UPDATE, no DELETE, no TRUNCATE, whoever asks.
-- SQLSTATE TC002: the audit log is insert-only.
CREATE OR REPLACE FUNCTION control.refuse_audit_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is insert-only: % refused', TG_OP USING ERRCODE = 'TC002';
END $$;

CREATE OR REPLACE TRIGGER audit_is_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON control.audit
  FOR EACH STATEMENT EXECUTE FUNCTION control.refuse_audit_change();
