-- Who changed which record, and from what: kept for every table whose past may be asked about.

CREATE TABLE change_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  table_name text NOT NULL,
  row_key text NOT NULL,
  operation text NOT NULL CONSTRAINT change_log_operation_is_known CHECK (operation IN ('UPDATE', 'DELETE')),
  actor_person_id bigint DEFAULT nullif(current_setting('app.person_id', true), '')::bigint,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  before jsonb NOT NULL,
  after jsonb
);

CREATE INDEX change_log_by_row ON change_log (table_name, row_key, id);
CREATE INDEX change_log_by_time ON change_log USING brin (recorded_at);
CREATE INDEX change_log_by_old_value ON change_log USING gin (before jsonb_path_ops);

-- The trigger's argument names the key column. An update keeps only the columns that differ.
CREATE FUNCTION record_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_before jsonb := to_jsonb(OLD);
  v_after jsonb := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(NEW) END;
  v_key text := v_before ->> TG_ARGV[0];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, v_after -> o.key) INTO v_before, v_after
    FROM jsonb_each(v_before) o
    WHERE o.value IS DISTINCT FROM v_after -> o.key AND o.key <> 'updated_at';
    IF v_after IS NULL THEN
      RETURN NULL;
    END IF;
  END IF;
  INSERT INTO change_log (table_name, row_key, operation, before, after)
  VALUES (TG_TABLE_NAME, v_key, TG_OP, v_before, v_after);
  RETURN NULL;
END
$$;

CREATE TRIGGER student_changes_are_logged AFTER UPDATE OR DELETE ON student
  FOR EACH ROW EXECUTE FUNCTION record_change('id');
CREATE TRIGGER admission_changes_are_logged AFTER UPDATE OR DELETE ON admission
  FOR EACH ROW EXECUTE FUNCTION record_change('id');
CREATE TRIGGER enrolment_changes_are_logged AFTER UPDATE OR DELETE ON enrolment
  FOR EACH ROW EXECUTE FUNCTION record_change('id');
CREATE TRIGGER mark_changes_are_logged AFTER UPDATE OR DELETE ON assessment_mark
  FOR EACH ROW EXECUTE FUNCTION record_change('enrolment_id');
CREATE TRIGGER grade_changes_are_logged AFTER UPDATE OR DELETE ON grade
  FOR EACH ROW EXECUTE FUNCTION record_change('enrolment_id');
CREATE TRIGGER invoice_changes_are_logged AFTER UPDATE OR DELETE ON invoice
  FOR EACH ROW EXECUTE FUNCTION record_change('id');

CREATE FUNCTION refuse_change_to_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The change log only grows'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'change_log_only_grows';
END
$$;

CREATE TRIGGER change_log_only_grows BEFORE UPDATE OR DELETE ON change_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_to_log();

COMMENT ON TABLE change_log IS 'Every change and deletion of a record that may be disputed; rows are never changed';
COMMENT ON COLUMN change_log.before IS 'The old values: of the changed columns, or of the whole deleted row';
