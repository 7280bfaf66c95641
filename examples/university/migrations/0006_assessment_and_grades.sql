-- Marks are what was measured, a grade is what was decided. Bands turn one into the other.

CREATE DOMAIN mark AS numeric(5, 2)
  CONSTRAINT mark_is_a_percentage CHECK (VALUE BETWEEN 0 AND 100);

CREATE TYPE assessment_kind AS ENUM ('exam', 'coursework', 'project', 'laboratory', 'presentation');

CREATE TABLE grade_band (
  letter text PRIMARY KEY,
  span numrange NOT NULL,
  points numeric(3, 2) NOT NULL CONSTRAINT grade_points_are_zero_to_four CHECK (points BETWEEN 0 AND 4),
  meaning text NOT NULL,
  CONSTRAINT grade_bands_do_not_overlap EXCLUDE USING gist (span WITH &&)
);

CREATE TABLE assessment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  offering_id bigint NOT NULL REFERENCES course_offering ON DELETE CASCADE,
  title text NOT NULL,
  kind assessment_kind NOT NULL,
  weight numeric(5, 2) NOT NULL CONSTRAINT assessment_weight_is_a_share CHECK (weight > 0 AND weight <= 100),
  due_on date NOT NULL,
  CONSTRAINT assessment_title_is_unique_in_its_offering UNIQUE (offering_id, title)
);

CREATE INDEX assessment_by_due_day ON assessment (due_on);

CREATE TABLE assessment_mark (
  enrolment_id bigint NOT NULL REFERENCES enrolment,
  assessment_id bigint NOT NULL REFERENCES assessment,
  mark mark NOT NULL,
  marked_by bigint REFERENCES staff,
  marked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (enrolment_id, assessment_id)
);

CREATE INDEX assessment_mark_by_assessment ON assessment_mark (assessment_id) INCLUDE (mark);

CREATE TABLE grade (
  enrolment_id bigint PRIMARY KEY REFERENCES enrolment,
  mark mark NOT NULL,
  letter text NOT NULL REFERENCES grade_band,
  points numeric(3, 2) NOT NULL,
  awarded_on date NOT NULL,
  awarded_by bigint REFERENCES staff
);

CREATE INDEX grade_by_letter ON grade (letter);
CREATE INDEX grade_by_award_day ON grade (awarded_on);

-- Letter and points are copied, not joined: a later change of the bands must not change a grade that was awarded.
CREATE FUNCTION grade_from_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT b.letter, b.points INTO NEW.letter, NEW.points
  FROM grade_band b WHERE b.span @> NEW.mark::numeric;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'No grade band holds the mark %', NEW.mark
      USING ERRCODE = 'check_violation', CONSTRAINT = 'grade_falls_in_a_band',
        HINT = 'Fill the gap between the rows of grade_band.';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER grade_falls_in_a_band BEFORE INSERT OR UPDATE OF mark ON grade
  FOR EACH ROW EXECUTE FUNCTION grade_from_mark();

CREATE FUNCTION weighted_mark(p_enrolment_id bigint) RETURNS numeric LANGUAGE sql STABLE AS $$
  SELECT round(sum(m.mark * a.weight) / sum(a.weight), 2)
  FROM assessment_mark m JOIN assessment a ON a.id = m.assessment_id
  WHERE m.enrolment_id = p_enrolment_id
$$;

CREATE VIEW transcript AS
  SELECT s.id AS student_id, s.student_number, p.full_name AS student_name,
    t.code AS term_code, c.code AS course_code, c.title AS course_title, c.credits,
    g.mark, g.letter, g.points, g.awarded_on
  FROM grade g
  JOIN enrolment e ON e.id = g.enrolment_id
  JOIN student s ON s.id = e.student_id
  JOIN person p ON p.id = s.person_id
  JOIN course_offering o ON o.id = e.offering_id
  JOIN course c ON c.id = o.course_id
  JOIN term t ON t.id = o.term_id;

COMMENT ON DOMAIN mark IS 'A percentage with two decimals';
COMMENT ON TABLE grade_band IS 'The grade scale: each letter holds a range of marks';
COMMENT ON TABLE assessment IS 'A piece of work that counts towards an offering''s grade';
COMMENT ON TABLE assessment_mark IS 'What one student reached in one assessment';
COMMENT ON TABLE grade IS 'The final result of an enrolment';
COMMENT ON VIEW transcript IS 'Every grade with the words that are printed beside it';
COMMENT ON FUNCTION weighted_mark(bigint) IS 'The mark so far, over the assessments that have been marked; null when none has';
