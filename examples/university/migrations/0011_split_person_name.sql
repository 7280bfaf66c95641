-- One name field cannot sort a class list. The last word becomes the family name; who has one name keeps it there.

DROP VIEW transcript;
DROP INDEX person_by_name;

ALTER TABLE person ADD COLUMN given_name text, ADD COLUMN family_name text;

UPDATE person SET
  given_name = nullif(btrim(regexp_replace(btrim(full_name), '\S+$', '')), ''),
  family_name = substring(btrim(full_name) FROM '\S+$');

ALTER TABLE person
  ALTER COLUMN family_name SET NOT NULL,
  DROP COLUMN full_name,
  ADD CONSTRAINT person_names_are_not_blank CHECK (btrim(family_name) <> '' AND btrim(given_name) <> ''),
  ADD COLUMN display_name text GENERATED ALWAYS AS (
    CASE WHEN given_name IS NULL THEN family_name ELSE given_name || ' ' || family_name END
  ) STORED,
  ADD COLUMN search tsvector GENERATED ALWAYS AS (
    to_tsvector('simple', coalesce(given_name, '') || ' ' || family_name)
  ) STORED;

CREATE INDEX person_by_family_name ON person (lower(family_name) text_pattern_ops, lower(given_name));
CREATE INDEX person_by_words ON person USING gin (search);

-- Two spellings of one address are one address.
ALTER TABLE person DROP CONSTRAINT person_email_is_unique;
CREATE UNIQUE INDEX person_email_is_unique ON person (lower(email));

ALTER TYPE postal_address ADD ATTRIBUTE region text;

CREATE VIEW transcript AS
  SELECT s.id AS student_id, s.student_number, p.display_name AS student_name,
    t.code AS term_code, c.code AS course_code, c.title AS course_title, c.credits,
    g.mark, g.letter, g.points, g.awarded_on
  FROM grade g
  JOIN enrolment e ON e.id = g.enrolment_id
  JOIN student s ON s.id = e.student_id
  JOIN person p ON p.id = s.person_id
  JOIN course_offering o ON o.id = e.offering_id
  JOIN course c ON c.id = o.course_id
  JOIN term t ON t.id = o.term_id;

COMMENT ON VIEW transcript IS 'Every grade with the words that are printed beside it';
COMMENT ON COLUMN person.given_name IS 'Null for people with a single name';
COMMENT ON COLUMN person.display_name IS 'As the person is addressed';
