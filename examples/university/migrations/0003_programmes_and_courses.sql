-- What can be studied: programmes lead to a degree, courses are what they are made of.

CREATE TYPE degree_level AS ENUM ('certificate', 'bachelor', 'master', 'doctorate');

CREATE DOMAIN course_code AS text
  CONSTRAINT course_code_is_letters_then_digits CHECK (VALUE ~ '^[A-Z]{2,5}[0-9]{3}$');

CREATE TABLE programme (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL CONSTRAINT programme_code_is_unique UNIQUE,
  title text NOT NULL,
  level degree_level NOT NULL,
  department_id bigint NOT NULL REFERENCES department,
  duration_years smallint NOT NULL CONSTRAINT programme_lasts_one_to_eight_years CHECK (duration_years BETWEEN 1 AND 8),
  credits_required smallint NOT NULL CONSTRAINT programme_requires_credits CHECK (credits_required > 0),
  is_open boolean NOT NULL DEFAULT true
);

CREATE INDEX programme_by_department ON programme (department_id);
CREATE INDEX programme_open_by_level ON programme (level, title) WHERE is_open;

CREATE TABLE course (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code course_code NOT NULL CONSTRAINT course_code_is_unique UNIQUE,
  title text NOT NULL,
  summary text,
  credits numeric(4, 1) NOT NULL CONSTRAINT course_credits_are_plausible CHECK (credits > 0 AND credits <= 60),
  department_id bigint NOT NULL REFERENCES department,
  retired_on date
);

CREATE INDEX course_taught_by_department ON course (department_id, code) WHERE retired_on IS NULL;

CREATE TABLE programme_course (
  programme_id bigint NOT NULL REFERENCES programme ON DELETE CASCADE,
  course_id bigint NOT NULL REFERENCES course,
  year_of_study smallint NOT NULL CONSTRAINT programme_course_year_is_plausible CHECK (year_of_study BETWEEN 1 AND 8),
  is_compulsory boolean NOT NULL DEFAULT true,
  PRIMARY KEY (programme_id, course_id)
);

CREATE INDEX programme_course_by_course ON programme_course (course_id) INCLUDE (programme_id, is_compulsory);

CREATE TABLE course_prerequisite (
  course_id bigint NOT NULL REFERENCES course ON DELETE CASCADE,
  required_course_id bigint NOT NULL REFERENCES course,
  PRIMARY KEY (course_id, required_course_id),
  CONSTRAINT course_does_not_require_itself CHECK (course_id <> required_course_id)
);

CREATE INDEX course_prerequisite_by_required ON course_prerequisite (required_course_id);

CREATE FUNCTION refuse_prerequisite_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    WITH RECURSIVE needed (course_id) AS (
      SELECT NEW.required_course_id
      UNION
      SELECT p.required_course_id FROM course_prerequisite p JOIN needed n ON n.course_id = p.course_id
    )
    SELECT FROM needed WHERE needed.course_id = NEW.course_id
  ) THEN
    RAISE EXCEPTION 'Course % would come to require itself', NEW.course_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'course_prerequisites_have_no_cycle',
        HINT = 'Remove one of the prerequisites on the way first.';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER course_prerequisites_have_no_cycle BEFORE INSERT OR UPDATE ON course_prerequisite
  FOR EACH ROW EXECUTE FUNCTION refuse_prerequisite_cycle();

COMMENT ON TABLE programme IS 'A course of study that leads to a degree';
COMMENT ON TABLE course IS 'A unit of teaching worth credits, independent of when it is taught';
COMMENT ON COLUMN course.retired_on IS 'Not offered from this day on; the record stays for transcripts';
COMMENT ON TABLE programme_course IS 'Which courses make up a programme, and in which year of study';
COMMENT ON TABLE course_prerequisite IS 'What must be passed before a course may be taken';
