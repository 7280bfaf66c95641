-- Students, and the programmes they are admitted to.

CREATE TYPE student_status AS ENUM ('applicant', 'active', 'on_leave', 'withdrawn', 'graduated');
CREATE TYPE admission_status AS ENUM ('current', 'completed', 'transferred', 'withdrawn');

CREATE SEQUENCE student_number_seq AS bigint START WITH 100001;

CREATE TABLE student (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id bigint NOT NULL CONSTRAINT student_is_one_person UNIQUE REFERENCES person,
  student_number text NOT NULL DEFAULT 'S' || nextval('student_number_seq')
    CONSTRAINT student_number_is_unique UNIQUE,
  status student_status NOT NULL DEFAULT 'applicant',
  tutor_staff_id bigint REFERENCES staff,
  matriculated_on date,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT student_is_matriculated_unless_applicant CHECK (status = 'applicant' OR matriculated_on IS NOT NULL)
);

ALTER SEQUENCE student_number_seq OWNED BY student.student_number;

CREATE INDEX student_by_tutor ON student (tutor_staff_id) WHERE status = 'active';
CREATE INDEX student_by_status ON student (status);

CREATE TRIGGER student_is_stamped BEFORE UPDATE ON student
  FOR EACH ROW EXECUTE FUNCTION stamp_updated_at();

CREATE TABLE admission (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  student_id bigint NOT NULL REFERENCES student,
  programme_id bigint NOT NULL REFERENCES programme,
  status admission_status NOT NULL DEFAULT 'current',
  admitted_on date NOT NULL,
  ended_on date,
  CONSTRAINT admission_ends_after_it_begins CHECK (ended_on >= admitted_on),
  CONSTRAINT admission_is_current_until_it_ends CHECK ((status = 'current') = (ended_on IS NULL))
);

CREATE UNIQUE INDEX student_has_one_current_admission ON admission (student_id) WHERE status = 'current';
CREATE INDEX admission_by_programme ON admission (programme_id, admitted_on) INCLUDE (student_id, status);

COMMENT ON TABLE student IS 'A person who studies here, has studied here or has applied';
COMMENT ON COLUMN student.student_number IS 'Printed on the card; never used again for somebody else';
COMMENT ON TABLE admission IS 'A student''s place in a programme; a change of programme is a new row';
