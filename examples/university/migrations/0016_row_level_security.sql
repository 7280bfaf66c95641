-- Whoever the application acts for is named in the setting app.person_id. Staff see and write every record, a
-- student reads their own, and where nobody is named there is nothing to see. The owner of the tables is exempt:
-- migrations and backups must see every row.

-- SQL bodies in BEGIN ATOMIC are bound when they are created, so a caller's search_path cannot redirect them.
CREATE FUNCTION acting_person_id() RETURNS bigint LANGUAGE sql STABLE
  RETURN nullif(current_setting('app.person_id', true), '')::bigint;

CREATE FUNCTION acting_student_id() RETURNS bigint LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT s.id FROM student s WHERE s.person_id = acting_person_id();
END;

CREATE FUNCTION acts_as_staff() RETURNS boolean LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT EXISTS (SELECT FROM staff s WHERE s.person_id = acting_person_id() AND s.left_on IS NULL);
END;

ALTER TABLE change_log ALTER COLUMN actor_person_id SET DEFAULT acting_person_id();

ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE student ENABLE ROW LEVEL SECURITY;
ALTER TABLE admission ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolment ENABLE ROW LEVEL SECURITY;
ALTER TABLE assessment_mark ENABLE ROW LEVEL SECURITY;
ALTER TABLE grade ENABLE ROW LEVEL SECURITY;
ALTER TABLE attendance ENABLE ROW LEVEL SECURITY;
ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;
ALTER TABLE invoice_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment ENABLE ROW LEVEL SECURITY;
ALTER TABLE document ENABLE ROW LEVEL SECURITY;
ALTER TABLE student_hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE change_log ENABLE ROW LEVEL SECURITY;

-- A scalar subquery is evaluated once a statement, a bare call once a row.
CREATE POLICY staff_work_with_all ON person USING ((SELECT acts_as_staff()));
CREATE POLICY staff_work_with_all ON student USING ((SELECT acts_as_staff()));
CREATE POLICY staff_work_with_all ON admission USING ((SELECT acts_as_staff()));
CREATE POLICY staff_work_with_all ON enrolment USING ((SELECT acts_as_staff()));
CREATE POLICY staff_work_with_all ON assessment_mark USING ((SELECT acts_as_staff()));
CREATE POLICY staff_work_with_all ON grade USING ((SELECT acts_as_staff()));
CREATE POLICY staff_work_with_all ON attendance USING ((SELECT acts_as_staff()));
CREATE POLICY staff_work_with_all ON invoice USING ((SELECT acts_as_staff()));
CREATE POLICY staff_work_with_all ON invoice_line USING ((SELECT acts_as_staff()));
CREATE POLICY staff_work_with_all ON payment USING ((SELECT acts_as_staff()));
CREATE POLICY staff_work_with_all ON document USING ((SELECT acts_as_staff()));
CREATE POLICY staff_work_with_all ON student_hold USING ((SELECT acts_as_staff()));
CREATE POLICY staff_work_with_all ON change_log USING ((SELECT acts_as_staff()));

CREATE POLICY people_read_themselves ON person FOR SELECT USING (id = (SELECT acting_person_id()));
CREATE POLICY staff_directory_is_open ON person FOR SELECT USING (
  (SELECT acting_person_id()) IS NOT NULL AND EXISTS (SELECT FROM staff s WHERE s.person_id = person.id)
);
CREATE POLICY people_read_their_documents ON document FOR SELECT USING (person_id = (SELECT acting_person_id()));

CREATE POLICY students_read_their_own ON student FOR SELECT USING (person_id = (SELECT acting_person_id()));
CREATE POLICY students_read_their_own ON admission FOR SELECT USING (student_id = (SELECT acting_student_id()));
CREATE POLICY students_read_their_own ON enrolment FOR SELECT USING (student_id = (SELECT acting_student_id()));
CREATE POLICY students_read_their_own ON invoice FOR SELECT USING (student_id = (SELECT acting_student_id()));
CREATE POLICY students_read_their_own ON student_hold FOR SELECT USING (student_id = (SELECT acting_student_id()));

-- What hangs on an enrolment or an invoice is as visible as that is: its own policies filter the subquery.
CREATE POLICY students_read_their_own ON assessment_mark FOR SELECT
  USING (enrolment_id IN (SELECT e.id FROM enrolment e));
CREATE POLICY students_read_their_own ON grade FOR SELECT
  USING (enrolment_id IN (SELECT e.id FROM enrolment e));
CREATE POLICY students_read_their_own ON attendance FOR SELECT
  USING (enrolment_id IN (SELECT e.id FROM enrolment e));
CREATE POLICY students_read_their_own ON invoice_line FOR SELECT
  USING (invoice_id IN (SELECT i.id FROM invoice i));
CREATE POLICY students_read_their_own ON payment FOR SELECT
  USING (invoice_id IN (SELECT i.id FROM invoice i));

-- A view reads as its owner, past every policy, unless it is told to read as its caller.
ALTER VIEW transcript SET (security_invoker = true);
ALTER VIEW invoice_balance SET (security_invoker = true);

-- A partition addressed by its own name does not ask its parent's policies: without one of its own it shows nothing.
CREATE OR REPLACE FUNCTION add_attendance_month(p_day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_month date := date_trunc('month', p_day)::date;
  v_name text := 'attendance_' || to_char(v_month, 'YYYY_MM');
BEGIN
  EXECUTE format(
    'CREATE TABLE %I PARTITION OF attendance FOR VALUES FROM (%L) TO (%L)',
    v_name, v_month, (v_month + interval '1 month')::date
  );
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', v_name);
END
$$;

DO $$
DECLARE
  v_partition regclass;
BEGIN
  FOR v_partition IN SELECT relid FROM pg_partition_tree('attendance') WHERE isleaf LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_partition);
  END LOOP;
END
$$;

COMMENT ON FUNCTION acting_person_id() IS 'The person the application acts for, from the setting app.person_id; null when unset';
COMMENT ON FUNCTION acting_student_id() IS 'The student record of the acting person; null when there is none';
COMMENT ON FUNCTION acts_as_staff() IS 'Whether the acting person works here today';
