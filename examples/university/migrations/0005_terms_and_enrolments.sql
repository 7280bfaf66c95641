-- When courses are taught, by whom, and who takes them.

CREATE TYPE term_season AS ENUM ('autumn', 'spring', 'summer');
CREATE TYPE delivery_mode AS ENUM ('on_campus', 'online', 'hybrid');
CREATE TYPE enrolment_status AS ENUM ('enrolled', 'completed', 'withdrawn');

CREATE TABLE term (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL CONSTRAINT term_code_is_unique UNIQUE
    CONSTRAINT term_code_is_year_and_season CHECK (code ~ '^[0-9]{4}-(AU|SP|SU)$'),
  season term_season NOT NULL,
  teaching daterange NOT NULL,
  starts_on date GENERATED ALWAYS AS (lower(teaching)) STORED,
  grades_due_on date NOT NULL,
  CONSTRAINT term_has_a_first_and_a_last_day
    CHECK (NOT isempty(teaching) AND NOT lower_inf(teaching) AND NOT upper_inf(teaching)),
  CONSTRAINT term_grades_are_due_after_teaching CHECK (grades_due_on >= upper(teaching)),
  CONSTRAINT terms_do_not_overlap EXCLUDE USING gist (teaching WITH &&)
);

-- Programmes were counted in years; part-time and one-term programmes need the finer unit.
ALTER TABLE programme ADD COLUMN duration_terms smallint;
UPDATE programme SET duration_terms = duration_years * 2;
ALTER TABLE programme
  ALTER COLUMN duration_terms SET NOT NULL,
  ADD CONSTRAINT programme_lasts_one_to_sixteen_terms CHECK (duration_terms BETWEEN 1 AND 16),
  DROP COLUMN duration_years;

CREATE TABLE course_offering (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  course_id bigint NOT NULL REFERENCES course,
  term_id bigint NOT NULL REFERENCES term,
  section smallint NOT NULL DEFAULT 1 CONSTRAINT offering_section_counts_from_one CHECK (section >= 1),
  capacity smallint NOT NULL CONSTRAINT offering_has_seats CHECK (capacity > 0),
  delivery delivery_mode NOT NULL DEFAULT 'on_campus',
  CONSTRAINT offering_is_unique_in_its_term UNIQUE (course_id, term_id, section)
);

CREATE INDEX course_offering_by_term ON course_offering (term_id) INCLUDE (course_id, section);

CREATE TABLE teaching_assignment (
  offering_id bigint NOT NULL REFERENCES course_offering ON DELETE CASCADE,
  staff_id bigint NOT NULL REFERENCES staff,
  role text NOT NULL DEFAULT 'lecturer'
    CONSTRAINT teaching_role_is_known CHECK (role IN ('lead', 'lecturer', 'assistant')),
  hours_per_week numeric(4, 1) NOT NULL CONSTRAINT teaching_hours_fit_a_week CHECK (hours_per_week BETWEEN 0.5 AND 40),
  PRIMARY KEY (offering_id, staff_id)
);

CREATE UNIQUE INDEX offering_has_one_lead ON teaching_assignment (offering_id) WHERE role = 'lead';
CREATE INDEX teaching_assignment_by_staff ON teaching_assignment (staff_id);

CREATE TABLE enrolment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  student_id bigint NOT NULL REFERENCES student,
  offering_id bigint NOT NULL REFERENCES course_offering,
  status enrolment_status NOT NULL DEFAULT 'enrolled',
  enrolled_at timestamptz NOT NULL DEFAULT now(),
  withdrawn_at timestamptz,
  CONSTRAINT student_enrols_once_in_an_offering UNIQUE (student_id, offering_id) INCLUDE (status),
  CONSTRAINT enrolment_is_withdrawn_at_a_time CHECK ((status = 'withdrawn') = (withdrawn_at IS NOT NULL))
);

CREATE INDEX enrolment_by_offering ON enrolment (offering_id, status) INCLUDE (student_id);

CREATE FUNCTION refuse_full_offering() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_capacity smallint;
BEGIN
  -- The lock makes two enrolments for the last seat wait for each other.
  SELECT capacity INTO v_capacity FROM course_offering WHERE id = NEW.offering_id FOR NO KEY UPDATE;
  IF v_capacity <= (
    SELECT count(*) FROM enrolment e
    WHERE e.offering_id = NEW.offering_id AND e.status = 'enrolled' AND e.id <> NEW.id
  ) THEN
    RAISE EXCEPTION 'Offering % has no seat left', NEW.offering_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolment_has_a_seat';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER enrolment_takes_a_seat BEFORE INSERT OR UPDATE OF status, offering_id ON enrolment
  FOR EACH ROW WHEN (NEW.status = 'enrolled') EXECUTE FUNCTION refuse_full_offering();

COMMENT ON TABLE term IS 'A period of teaching; terms never overlap';
COMMENT ON COLUMN programme.duration_terms IS 'Terms of full-time study';
COMMENT ON TABLE course_offering IS 'A course taught in a term, once per section';
COMMENT ON TABLE teaching_assignment IS 'Who teaches an offering';
COMMENT ON TABLE enrolment IS 'A student in an offering';
