-- What the faculty office and the board ask for, built on what is there; and a search over courses.

ALTER TABLE course ADD COLUMN search tsvector GENERATED ALWAYS AS (
  setweight(to_tsvector('simple', code || ' ' || title), 'A') || setweight(to_tsvector('simple', coalesce(summary, '')), 'B')
) STORED;
CREATE INDEX course_by_words ON course USING gin (search);

-- In a year this index was never read: the primary key begins with the same columns.
DROP INDEX attendance_absences;

CREATE VIEW student_standing WITH (security_invoker = true) AS
  SELECT student_id, student_number, student_name,
    count(*) AS courses_graded,
    sum(credits) FILTER (WHERE points > 0) AS credits_earned,
    round(sum(points * credits) / sum(credits), 2) AS grade_point_average
  FROM transcript
  GROUP BY student_id, student_number, student_name;

CREATE VIEW programme_progress WITH (security_invoker = true) AS
  SELECT pr.code AS programme_code, pr.title AS programme_title, st.student_number, st.student_name,
    st.grade_point_average, st.credits_earned, pr.credits_required,
    round(100 * st.credits_earned / pr.credits_required, 1) AS percent_done
  FROM student_standing st
  JOIN admission a ON a.student_id = st.student_id AND a.status = 'current'
  JOIN programme pr ON pr.id = a.programme_id;

CREATE VIEW attendance_rate WITH (security_invoker = true) AS
  SELECT enrolment_id, count(*) AS periods,
    count(*) FILTER (WHERE status IN ('present', 'late')) AS attended,
    round(100.0 * count(*) FILTER (WHERE status IN ('present', 'late'))
      / nullif(count(*) FILTER (WHERE status <> 'excused'), 0), 1) AS percent
  FROM attendance
  GROUP BY enrolment_id;

CREATE VIEW offering_roster WITH (security_invoker = true) AS
  SELECT t.code AS term_code, c.code AS course_code, o.section, e.status, e.waitlist_position,
    s.student_number, p.family_name, p.given_name, r.percent AS attendance_percent
  FROM enrolment e
  JOIN course_offering o ON o.id = e.offering_id
  JOIN course c ON c.id = o.course_id
  JOIN term t ON t.id = o.term_id
  JOIN student s ON s.id = e.student_id
  JOIN person p ON p.id = s.person_id
  LEFT JOIN attendance_rate r ON r.enrolment_id = e.id;

CREATE VIEW timetable WITH (security_invoker = true) AS
  SELECT lower(b.during) AS starts_at, upper(b.during) AS ends_at, b.minutes,
    g.code || ' ' || r.code AS room, c.code AS course_code, coalesce(c.title, b.purpose) AS title,
    lead.display_name AS lead_name, b.status
  FROM room_booking b
  JOIN room r ON r.id = b.room_id
  JOIN building g ON g.id = r.building_id
  LEFT JOIN course_offering o ON o.id = b.offering_id
  LEFT JOIN course c ON c.id = o.course_id
  LEFT JOIN teaching_assignment a ON a.offering_id = o.id AND a.role = 'lead'
  LEFT JOIN staff f ON f.id = a.staff_id
  LEFT JOIN person lead ON lead.id = f.person_id
  WHERE b.status <> 'cancelled';

CREATE VIEW student_account WITH (security_invoker = true) AS
  SELECT s.id AS student_id, s.student_number, i.billed, i.paid, i.balance, i.overdue_since,
    (SELECT coalesce(sum(w.amount), 0) FROM scholarship_award w WHERE w.student_id = s.id) AS scholarships
  FROM student s
  JOIN (
    SELECT student_id, sum(billed) AS billed, sum(paid) AS paid, sum(balance) AS balance,
      min(due_on) FILTER (WHERE status = 'issued') AS overdue_since
    FROM invoice_balance WHERE status <> 'cancelled' GROUP BY student_id
  ) i ON i.student_id = s.id;

-- Sums only: a materialised view knows no policies. It is filled by REFRESH, as the owner.
CREATE MATERIALIZED VIEW programme_statistics AS
  SELECT p.id AS programme_id, p.code, p.title, p.level,
    count(DISTINCT a.student_id) AS current_students,
    count(DISTINCT e.id) FILTER (WHERE e.status IN ('enrolled', 'waitlisted')) AS running_enrolments,
    round(avg(g.mark), 2) AS mean_mark
  FROM programme p
  LEFT JOIN admission a ON a.programme_id = p.id AND a.status = 'current'
  LEFT JOIN enrolment e ON e.student_id = a.student_id
  LEFT JOIN grade g ON g.enrolment_id = e.id
  GROUP BY p.id
WITH NO DATA;

CREATE UNIQUE INDEX programme_statistics_by_programme ON programme_statistics (programme_id);

-- Columns that move together, which the planner would otherwise take for independent.
CREATE STATISTICS enrolment_status_follows_offering (ndistinct, dependencies, mcv) ON offering_id, status FROM enrolment;
CREATE STATISTICS invoice_status_follows_term (dependencies, mcv) ON term_id, status FROM invoice;
CREATE STATISTICS person_by_initial ON lower(left(family_name, 1)), nationality FROM person;

CREATE FUNCTION missing_prerequisites(p_student_id bigint, p_course_id bigint)
RETURNS TABLE (code course_code, title text) LANGUAGE sql STABLE AS $$
  SELECT c.code, c.title
  FROM course_prerequisite q JOIN course c ON c.id = q.required_course_id
  WHERE q.course_id = p_course_id AND NOT EXISTS (
    SELECT FROM grade g JOIN enrolment e ON e.id = g.enrolment_id JOIN course_offering o ON o.id = e.offering_id
    WHERE e.student_id = p_student_id AND o.course_id = c.id AND g.points > 0
  )
  ORDER BY c.code
$$;

COMMENT ON VIEW student_standing IS 'Credits earned and grade point average of every student with a grade';
COMMENT ON VIEW programme_progress IS 'How far each student has come in their current programme';
COMMENT ON VIEW attendance_rate IS 'Share of periods attended; excused ones do not count';
COMMENT ON VIEW offering_roster IS 'The class list';
COMMENT ON VIEW timetable IS 'Bookings as they hang at the door';
COMMENT ON VIEW student_account IS 'What each student owes and receives';
COMMENT ON MATERIALIZED VIEW programme_statistics IS 'Size and mean mark of every programme, as of the last refresh';
COMMENT ON FUNCTION missing_prerequisites(bigint, bigint) IS 'What a student must still pass before taking a course';
