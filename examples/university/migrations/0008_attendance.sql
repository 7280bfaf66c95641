-- Attendance grows faster than everything else: one partition a month keeps it quick to write and cheap to retire.

CREATE TYPE attendance_status AS ENUM ('present', 'late', 'absent', 'excused');

CREATE TABLE attendance (
  enrolment_id bigint NOT NULL REFERENCES enrolment,
  held_on date NOT NULL,
  period smallint NOT NULL DEFAULT 1 CONSTRAINT attendance_period_is_of_the_day CHECK (period BETWEEN 1 AND 12),
  status attendance_status NOT NULL,
  minutes_late smallint,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (enrolment_id, held_on, period),
  CONSTRAINT attendance_says_how_late CHECK ((status = 'late') = (minutes_late IS NOT NULL))
) PARTITION BY RANGE (held_on);

CREATE INDEX attendance_absences ON attendance (enrolment_id, held_on) WHERE status = 'absent';

CREATE TABLE attendance_default PARTITION OF attendance DEFAULT;

CREATE FUNCTION add_attendance_month(p_day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_month date := date_trunc('month', p_day)::date;
BEGIN
  EXECUTE format(
    'CREATE TABLE %I PARTITION OF attendance FOR VALUES FROM (%L) TO (%L)',
    'attendance_' || to_char(v_month, 'YYYY_MM'), v_month, (v_month + interval '1 month')::date
  );
END
$$;

SELECT add_attendance_month(month::date)
FROM generate_series(date '2026-08-01', date '2027-07-01', interval '1 month') AS month;

COMMENT ON TABLE attendance IS 'Who was there, by enrolment, day and period; one partition a month';
COMMENT ON TABLE attendance_default IS 'Days that no month covers: not lost, but add_attendance_month should have run';
COMMENT ON FUNCTION add_attendance_month(date) IS 'Adds the partition of the month that holds the day';
