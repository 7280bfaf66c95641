-- The first content of an institution: one academic year of a small university, all of it invented.
-- Set-based and deterministic: every row follows from its number, so two seeded tenants hold the same rows.

INSERT INTO department (code, name, founded_on) VALUES
  ('CSC', 'Computer Science', '1984-09-01'),
  ('MAT', 'Mathematics', '1921-09-01'),
  ('BIO', 'Life Sciences', '1936-09-01'),
  ('HIS', 'History and Archaeology', '1921-09-01'),
  ('ECO', 'Economics', '1952-09-01'),
  ('REG', 'Office of the Registrar', '1921-09-01');

-- 24 given and 23 family names: their lengths share no divisor, so 552 people go by before a pair repeats.
INSERT INTO person (given_name, family_name, email, phone, born_on, nationality, home_address)
SELECT
  (ARRAY['Amara', 'Bilal', 'Chiara', 'Dmitri', 'Elif', 'Farid', 'Greta', 'Hiroshi', 'Ines', 'Jonas', 'Kavya', 'Luca',
    'Mei', 'Nnamdi', 'Olena', 'Pedro', 'Qiang', 'Rosa', 'Sanna', 'Tariq', 'Uma', 'Viktor', 'Wanjiru', 'Zeynep'])[1 + n % 24],
  (ARRAY['Okafor', 'Lindqvist', 'Moreau', 'Tanaka', 'Petrov', 'Haddad', 'Novak', 'Silva', 'Iyer', 'Kovács', 'Mbeki',
    'O''Brien', 'Yıldız', 'Castillo', 'Jensen', 'Rahman', 'Zhang', 'Ferrari', 'Kowalska', 'Mwangi', 'Nguyen', 'Papadakis',
    'Abebe'])[1 + n % 23],
  CASE WHEN n <= 24 THEN 'staff' || n || '@staff.university.example' ELSE 's' || 100000 + n - 24 || '@students.university.example' END,
  '+00 555 ' || lpad((n * 37 % 10000)::text, 4, '0'),
  CASE WHEN n <= 24 THEN date '1962-03-14' + n * 331 ELSE date '2003-01-05' + n * 9 END,
  (ARRAY['NG', 'SE', 'FR', 'JP', 'UA', 'LB', 'CZ', 'BR', 'IN', 'HU', 'ZA', 'IE'])[1 + n % 12],
  ROW (n || ' College Road', (ARRAY['Northport', 'Eastmere', 'Halden'])[1 + n % 3], lpad((n * 71 % 100000)::text, 5, '0'), 'IE', NULL)::postal_address
FROM generate_series(1, 124) AS n;

INSERT INTO person (family_name, email, nationality) VALUES ('Suharto-Ningsih', 'visitor1@staff.university.example', 'ID');

INSERT INTO building (code, name, address) VALUES
  ('A', 'Aula', ROW ('1 College Road', 'Northport', '10001', 'IE', 'North')::postal_address),
  ('L', 'Laboratories', ROW ('7 Mill Lane', 'Northport', '10001', 'IE', 'North')::postal_address),
  ('T', 'Tower', ROW ('2 Harbour Street', 'Northport', '10002', 'IE', 'North')::postal_address);

INSERT INTO room (building_id, code, kind, seats)
SELECT b.id, (100 * (1 + n / 4) + n)::text,
  (ARRAY['lecture_hall', 'seminar_room', 'laboratory', 'office']::room_kind[])[1 + n % 4], (ARRAY[180, 32, 24, 3])[1 + n % 4]
FROM building b, generate_series(0, 3) AS n;

INSERT INTO staff (person_id, department_id, staff_number, category, job_title, office_room_id, hired_on, left_on)
SELECT p.id, d.id, 'E' || lpad(n::text, 4, '0'),
  CASE WHEN d.code = 'REG' THEN 'administrative' WHEN n > 18 THEN 'teaching' ELSE 'academic' END::staff_category,
  CASE WHEN d.code = 'REG' THEN 'Registrar''s officer' WHEN n <= 6 THEN 'Professor' ELSE 'Lecturer' END,
  CASE WHEN n <= 6 THEN r.id END, date '2009-09-01' + n * 190, CASE WHEN n = 23 THEN date '2026-07-31' END
FROM generate_series(1, 24) AS n
JOIN person p ON p.email = 'staff' || n || '@staff.university.example'
JOIN department d ON d.code = (ARRAY['CSC', 'MAT', 'BIO', 'HIS', 'ECO', 'REG'])[1 + (n - 1) % 6]
CROSS JOIN (SELECT min(id) AS id FROM room WHERE kind = 'office') r;

UPDATE department d SET head_staff_id = s.id FROM staff s WHERE s.department_id = d.id AND s.staff_number <= 'E0006';

INSERT INTO appointment (staff_id, department_id, role, held)
SELECT id, department_id, 'head'::appointment_role, daterange('2023-09-01', NULL) FROM staff WHERE staff_number <= 'E0006'
UNION ALL
SELECT id, department_id, 'head', daterange('2019-09-01', '2023-09-01') FROM staff WHERE staff_number BETWEEN 'E0007' AND 'E0012'
UNION ALL
SELECT id, department_id, 'member', daterange(hired_on, left_on) FROM staff WHERE staff_number > 'E0012';

INSERT INTO programme (code, title, level, department_id, duration_terms, credits_required)
SELECT v.code, v.title, v.level::degree_level, d.id, v.terms, v.credits
FROM (VALUES
  ('BSC-CS', 'Computer Science', 'bachelor', 'CSC', 6, 180),
  ('MSC-DS', 'Data Science', 'master', 'CSC', 4, 120),
  ('BSC-MA', 'Mathematics', 'bachelor', 'MAT', 6, 180),
  ('BSC-BI', 'Molecular Biology', 'bachelor', 'BIO', 6, 180),
  ('BA-HI', 'History', 'bachelor', 'HIS', 6, 180),
  ('BSC-EC', 'Economics', 'bachelor', 'ECO', 6, 180),
  ('PHD-BI', 'Life Sciences', 'doctorate', 'BIO', 8, 60),
  ('CERT-ST', 'Applied Statistics', 'certificate', 'MAT', 2, 30)
) AS v (code, title, level, department, terms, credits)
JOIN department d ON d.code = v.department;

INSERT INTO course (code, title, summary, credits, department_id)
SELECT (d.code || v.number)::course_code, v.title, v.summary, v.credits, d.id
FROM (VALUES
  ('CSC', 101, 'Programming', 'From expressions to small programs, in a language with types.', 7.5),
  ('CSC', 102, 'Data Structures', 'Lists, trees, hash tables and what they cost.', 7.5),
  ('CSC', 201, 'Databases', 'Relations, constraints, transactions and query plans.', 7.5),
  ('CSC', 202, 'Operating Systems', 'Processes, memory, files and the limits between them.', 7.5),
  ('CSC', 301, 'Distributed Systems', 'Clocks, consensus and failure.', 5),
  ('MAT', 101, 'Linear Algebra', 'Vector spaces, maps and their matrices.', 7.5),
  ('MAT', 102, 'Analysis', 'Limits, continuity, derivatives, integrals.', 7.5),
  ('MAT', 201, 'Probability', 'Random variables and the laws of large numbers.', 5),
  ('MAT', 202, 'Statistics', 'Estimation, tests and regression.', 5),
  ('BIO', 101, 'Cell Biology', 'The cell and its organelles.', 7.5),
  ('BIO', 102, 'Genetics', 'Inheritance from Mendel to sequencing.', 7.5),
  ('BIO', 201, 'Biochemistry', 'Proteins, enzymes and metabolism, with laboratory.', 10),
  ('HIS', 101, 'Sources and Methods', 'Reading what the past has left.', 7.5),
  ('HIS', 102, 'Ports and Trade', 'Harbour towns of the Middle Ages.', 5),
  ('HIS', 201, 'Field Archaeology', 'Four weeks on an excavation.', 10),
  ('ECO', 101, 'Microeconomics', 'Markets, prices and choice.', 7.5),
  ('ECO', 102, 'Macroeconomics', 'Growth, money and employment.', 7.5),
  ('ECO', 201, 'Econometrics', 'Measuring what theory claims.', 5)
) AS v (department, number, title, summary, credits)
JOIN department d ON d.code = v.department;

INSERT INTO programme_course (programme_id, course_id, year_of_study, is_compulsory)
SELECT p.id, c.id, left(right(c.code, 3), 1)::smallint, right(c.code, 1) = '1'
FROM programme p JOIN course c ON c.department_id = p.department_id;

INSERT INTO course_prerequisite (course_id, required_course_id)
SELECT c.id, r.id
FROM (VALUES ('CSC102', 'CSC101'), ('CSC201', 'CSC102'), ('CSC202', 'CSC102'), ('CSC301', 'CSC202'), ('MAT201', 'MAT102'),
  ('MAT202', 'MAT201'), ('BIO201', 'BIO101'), ('HIS201', 'HIS101'), ('ECO201', 'ECO101'), ('ECO201', 'MAT202')) AS v (code, required)
JOIN course c ON c.code = v.code JOIN course r ON r.code = v.required;

-- 100 students; the last eight have only applied.
INSERT INTO student (person_id, status, tutor_staff_id, matriculated_on)
SELECT p.id,
  CASE WHEN n > 92 THEN 'applicant' WHEN n % 40 = 0 THEN 'on_leave' WHEN n % 37 = 0 THEN 'withdrawn' ELSE 'active' END::student_status,
  t.id, CASE WHEN n > 92 THEN NULL WHEN n <= 30 THEN date '2025-09-01' ELSE date '2026-09-01' END
FROM generate_series(1, 100) AS n
JOIN person p ON p.email = 's' || 100000 + n || '@students.university.example'
JOIN staff t ON t.staff_number = 'E' || lpad((1 + n % 18)::text, 4, '0')
ORDER BY n;

INSERT INTO admission (student_id, programme_id, status, admitted_on, ended_on)
SELECT s.id, p.id, CASE s.status WHEN 'withdrawn' THEN 'withdrawn' ELSE 'current' END::admission_status, s.matriculated_on,
  CASE s.status WHEN 'withdrawn' THEN date '2026-10-15' END
FROM student s
JOIN programme p ON p.code = (ARRAY['BSC-CS', 'MSC-DS', 'BSC-MA', 'BSC-BI', 'BA-HI', 'BSC-EC', 'PHD-BI', 'CERT-ST'])[1 + s.id % 8]
WHERE s.status <> 'applicant';

INSERT INTO term (code, season, teaching, grades_due_on) VALUES
  ('2025-AU', 'autumn', '[2025-09-08,2025-12-20)', '2026-01-31'),
  ('2026-SP', 'spring', '[2026-02-02,2026-05-30)', '2026-06-30'),
  ('2026-AU', 'autumn', '[2026-09-07,2026-12-19)', '2027-01-31'),
  ('2027-SP', 'spring', '[2027-02-01,2027-05-29)', '2027-06-30');

-- Introductory courses ran in the first year, everything runs now. Two seminars are small, so that somebody waits.
INSERT INTO course_offering (course_id, term_id, capacity, delivery)
SELECT c.id, t.id, CASE WHEN t.code = '2026-AU' AND c.code IN ('HIS102', 'CSC301') THEN 4 ELSE 60 END,
  CASE WHEN right(c.code, 1) = '2' THEN 'hybrid' ELSE 'on_campus' END::delivery_mode
FROM course c JOIN term t ON t.code = '2026-AU' OR (t.code = '2025-AU' AND c.code LIKE '%101') OR (t.code = '2026-SP' AND c.code LIKE '%102')
ORDER BY t.starts_on, c.code;

INSERT INTO teaching_assignment (offering_id, staff_id, role, hours_per_week)
SELECT o.id, s.id, CASE WHEN s.place = 1 THEN 'lead' ELSE 'assistant' END, CASE WHEN s.place = 1 THEN 4 ELSE 2 END
FROM course_offering o
JOIN course c ON c.id = o.course_id
JOIN (
  SELECT id, department_id, row_number() OVER (PARTITION BY department_id ORDER BY staff_number) AS place
  FROM staff WHERE left_on IS NULL
) s ON s.department_id = c.department_id AND (s.place = 1 OR s.place = 2 AND right(c.code, 1) = '1');

-- Past terms are completed, a course each; in the running term everybody active takes one or two.
INSERT INTO enrolment (student_id, offering_id, status, enrolled_at)
SELECT s.id, o.id, 'completed', t.starts_on - 10 + time '09:00' AT TIME ZONE 'UTC'
FROM student s
JOIN LATERAL (SELECT (s.id % 5)::int AS pick) k ON true
JOIN course_offering o ON true
JOIN term t ON t.id = o.term_id AND t.code IN ('2025-AU', '2026-SP')
JOIN course c ON c.id = o.course_id AND left(c.code, 3) = (ARRAY['CSC', 'MAT', 'BIO', 'HIS', 'ECO'])[1 + k.pick]
WHERE s.matriculated_on = '2025-09-01';

INSERT INTO enrolment (student_id, offering_id, enrolled_at)
SELECT s.id, o.id, timestamptz '2026-08-24 09:00Z' + s.id * interval '7 minutes'
FROM student s
JOIN LATERAL (SELECT 1 + (s.id % 18)::int AS a, 1 + ((s.id * 5 + 7) % 18)::int AS b) k ON true
JOIN (
  SELECT o.id, row_number() OVER (ORDER BY o.id)::int AS place
  FROM course_offering o JOIN term t ON t.id = o.term_id WHERE t.code = '2026-AU'
) o ON o.place = k.a OR o.place = k.b AND s.id % 4 = 0
WHERE s.status = 'active'
ORDER BY s.id;

INSERT INTO grade_band (letter, span, points, meaning) VALUES
  ('A', '[85,100]', 4, 'Excellent'), ('B', '[70,85)', 3, 'Good'), ('C', '[60,70)', 2, 'Satisfactory'),
  ('D', '[50,60)', 1, 'Sufficient'), ('F', '[0,50)', 0, 'Failed');

INSERT INTO assessment (offering_id, title, kind, weight, due_on)
SELECT o.id, v.title, v.kind::assessment_kind, v.weight, t.starts_on + v.after_days
FROM course_offering o JOIN term t ON t.id = o.term_id
CROSS JOIN (VALUES ('Coursework', 'coursework', 40, 49), ('Final exam', 'exam', 60, 98)) AS v (title, kind, weight, after_days);

INSERT INTO assessment_mark (enrolment_id, assessment_id, mark, marked_by, marked_at)
SELECT e.id, a.id, 42 + (e.id * 17 + a.id * 11) % 57, m.staff_id, a.due_on + 7 + time '12:00' AT TIME ZONE 'UTC'
FROM enrolment e
JOIN assessment a ON a.offering_id = e.offering_id
JOIN teaching_assignment m ON m.offering_id = e.offering_id AND m.role = 'lead'
WHERE e.status = 'completed';

INSERT INTO grade (enrolment_id, mark, awarded_on, awarded_by)
SELECT e.id, w.mark, t.grades_due_on - 5, m.staff_id
FROM enrolment e
JOIN (
  SELECT m.enrolment_id, round(sum(m.mark * a.weight) / sum(a.weight), 2) AS mark
  FROM assessment_mark m JOIN assessment a ON a.id = m.assessment_id GROUP BY m.enrolment_id
) w ON w.enrolment_id = e.id
JOIN course_offering o ON o.id = e.offering_id
JOIN term t ON t.id = o.term_id
JOIN teaching_assignment m ON m.offering_id = o.id AND m.role = 'lead';

-- Every running offering has its weekly hour, for the first two weeks; nine rooms hold two a day.
INSERT INTO room_booking (room_id, offering_id, during, booked_by)
SELECT r.id, o.id, tstzrange(starts_at, starts_at + interval '90 minutes'), f.id
FROM (
  SELECT o.id, row_number() OVER (ORDER BY o.id)::int - 1 AS place
  FROM course_offering o JOIN term t ON t.id = o.term_id WHERE t.code = '2026-AU'
) o
JOIN (SELECT id, row_number() OVER (ORDER BY id)::int - 1 AS place FROM room WHERE kind <> 'office') r ON r.place = o.place % 9
CROSS JOIN generate_series(0, 1) AS week
CROSS JOIN LATERAL (
  SELECT timestamptz '2026-09-07 09:00Z' + week * interval '7 days' + o.place / 9 * interval '2 hours' AS starts_at
) h
JOIN staff f ON f.staff_number = 'E0006';

INSERT INTO room_booking (room_id, purpose, during, status)
SELECT min(id), 'Open day', '[2026-11-28 08:00Z,2026-11-28 18:00Z)'::tstzrange, 'tentative' FROM room WHERE kind = 'lecture_hall';

-- Two Tuesdays of attendance in two months, for the odd half of the running enrolments.
INSERT INTO attendance (enrolment_id, held_on, status, minutes_late, recorded_at)
SELECT e.id, day, s.status, CASE WHEN s.status = 'late' THEN 5 + e.id % 15 END, day + time '11:00' AT TIME ZONE 'UTC'
FROM enrolment e
CROSS JOIN (VALUES (date '2026-10-06'), ('2026-11-03')) AS d (day)
CROSS JOIN LATERAL (
  SELECT CASE (e.id * 7 + extract(day FROM day)::int) % 12 WHEN 0 THEN 'absent' WHEN 1 THEN 'late' WHEN 2 THEN 'excused' ELSE 'present' END::attendance_status AS status
) s
WHERE e.status = 'enrolled' AND e.id % 2 = 1;

INSERT INTO fee (programme_id, kind, academic_year, amount)
SELECT id, 'tuition'::fee_kind, 2026, CASE level WHEN 'bachelor' THEN 2400 WHEN 'master' THEN 3200 WHEN 'doctorate' THEN 900 ELSE 1500 END
FROM programme
UNION ALL SELECT NULL, 'registration', 2026, 85
UNION ALL SELECT NULL, 'library', 2026, 30;

INSERT INTO invoice (student_id, term_id, status, issued_on, due_on)
SELECT s.id, t.id, 'issued', date '2026-09-14', date '2026-10-14'
FROM student s JOIN term t ON t.code = '2026-AU'
WHERE s.status = 'active' AND s.id % 4 = 0
ORDER BY s.id;

INSERT INTO invoice_line (invoice_id, position, fee_id, description, unit_price)
SELECT i.id, row_number() OVER (PARTITION BY i.id ORDER BY f.kind), f.id, initcap(f.kind::text) || ' fee', f.amount
FROM invoice i
JOIN admission a ON a.student_id = i.student_id AND a.status = 'current'
JOIN fee f ON f.programme_id = a.programme_id OR f.kind = 'registration';

-- Two thirds have paid in full, some of the rest in part.
INSERT INTO payment (invoice_id, amount, method, received_at, receipt_number)
SELECT b.invoice_id, CASE WHEN b.invoice_id % 3 = 0 THEN 100 ELSE b.billed END,
  (ARRAY['card', 'transfer', 'cash']::payment_method[])[1 + b.invoice_id % 3],
  timestamptz '2026-09-20 10:00Z' + b.invoice_id * interval '5 hours', 'R' || lpad(b.invoice_id::text, 6, '0')
FROM invoice_balance b WHERE b.invoice_id % 6 <> 0;

INSERT INTO scholarship (name, funded_by, yearly_amount) VALUES
  ('Harbour Bursary', 'Port of Northport', 1200),
  ('Lighthouse Award', 'Friends of the University', 2500);

INSERT INTO scholarship_award (scholarship_id, student_id, academic_year, amount)
SELECT c.id, s.id, 2026, c.yearly_amount
FROM scholarship c JOIN student s ON s.status = 'active' AND s.id % 12 = (c.yearly_amount::int / 100) % 12;

INSERT INTO document (person_id, kind, title, body, tags, issued_on, expires_on)
SELECT s.person_id, v.kind::document_kind, v.title, format(v.body, s.student_number), v.tags, date '2026-09-02' + s.id::int % 20,
  CASE v.kind WHEN 'identity' THEN date '2031-09-01' END
FROM student s
CROSS JOIN (VALUES
  (4, 'certificate', 'Certificate of enrolment', 'Student %s is enrolled for the academic year 2026.', ARRAY['enrolment', '2026']),
  (12, 'identity', 'Copy of passport', 'Seen and verified for student %s at matriculation.', ARRAY['identity', 'verified'])
) AS v (every, kind, title, body, tags)
WHERE s.status = 'active' AND s.id % v.every = 0;

INSERT INTO student_hold (student_id, kind, reason, placed_by, placed_at, released_at)
SELECT i.student_id, 'financial', 'Invoice ' || i.reference || ' is overdue', f.id, timestamptz '2026-10-20 08:00Z' + i.invoice_id * interval '1 minute',
  CASE WHEN i.invoice_id % 12 = 0 THEN timestamptz '2026-11-02 08:00Z' END
FROM invoice_balance i JOIN staff f ON f.staff_number = 'E0006'
WHERE i.balance > 0 AND i.invoice_id % 6 = 0;

-- One withdrawal, as it happens: somebody on the waiting list takes the seat, and the change log begins.
UPDATE enrolment SET status = 'withdrawn', withdrawn_at = '2026-09-30 14:00Z'
WHERE id = (
  SELECT min(e.id) FROM enrolment e JOIN enrolment w ON w.offering_id = e.offering_id AND w.status = 'waitlisted'
  WHERE e.status = 'enrolled'
);

REFRESH MATERIALIZED VIEW programme_statistics;
