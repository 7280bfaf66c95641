-- Papers about people, found by their words; and holds, which keep a student from enrolling.

CREATE TYPE document_kind AS ENUM ('identity', 'certificate', 'transcript', 'letter', 'diploma');
CREATE TYPE hold_kind AS ENUM ('financial', 'academic', 'library', 'conduct');

CREATE SEQUENCE document_number_seq AS bigint;

CREATE TABLE document (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number text NOT NULL DEFAULT 'DOC-' || lpad(nextval('document_number_seq')::text, 6, '0')
    CONSTRAINT document_number_is_unique UNIQUE,
  person_id bigint NOT NULL REFERENCES person,
  kind document_kind NOT NULL,
  title text NOT NULL,
  body text,
  tags text[] NOT NULL DEFAULT '{}',
  content_sha256 bytea CONSTRAINT document_hash_is_32_bytes CHECK (octet_length(content_sha256) = 32),
  issued_on date NOT NULL,
  expires_on date,
  search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', coalesce(body, '')), 'B')
  ) STORED,
  CONSTRAINT document_expires_after_it_is_issued CHECK (expires_on > issued_on)
);

ALTER SEQUENCE document_number_seq OWNED BY document.number;

CREATE INDEX document_by_person ON document (person_id, issued_on DESC);
CREATE INDEX document_by_expiry ON document (expires_on) WHERE expires_on IS NOT NULL;
CREATE INDEX document_by_tag ON document USING gin (tags);
CREATE INDEX document_by_words ON document USING gin (search);

CREATE FUNCTION find_documents(p_words text) RETURNS SETOF document LANGUAGE sql STABLE AS $$
  SELECT d.*
  FROM document d, websearch_to_tsquery('simple', p_words) q
  WHERE d.search @@ q
  ORDER BY ts_rank(d.search, q) DESC, d.issued_on DESC
$$;

CREATE TABLE student_hold (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  student_id bigint NOT NULL REFERENCES student,
  kind hold_kind NOT NULL,
  reason text NOT NULL,
  placed_by bigint REFERENCES staff,
  placed_at timestamptz NOT NULL DEFAULT now(),
  released_at timestamptz,
  CONSTRAINT hold_is_released_after_it_is_placed CHECK (released_at >= placed_at)
);

CREATE UNIQUE INDEX student_has_one_open_hold_of_a_kind ON student_hold (student_id, kind) WHERE released_at IS NULL;

CREATE FUNCTION refuse_student_on_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_hold student_hold;
BEGIN
  SELECT * INTO v_hold FROM student_hold h
  WHERE h.student_id = NEW.student_id AND h.released_at IS NULL ORDER BY h.placed_at LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'Student % has an open % hold', NEW.student_id, v_hold.kind
      USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolling_student_has_no_hold',
        DETAIL = v_hold.reason, HINT = 'Release the hold first.';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER enrolling_student_has_no_hold BEFORE INSERT ON enrolment
  FOR EACH ROW WHEN (NEW.status NOT IN ('completed', 'withdrawn')) EXECUTE FUNCTION refuse_student_on_hold();

COMMENT ON TABLE document IS 'A paper about a person: received, or issued by the university';
COMMENT ON COLUMN document.search IS 'Title before body; not stemmed, because papers come in many languages';
COMMENT ON TABLE student_hold IS 'Something a student must settle before enrolling again';
COMMENT ON FUNCTION find_documents(text) IS 'Documents by words, best first; takes the syntax of a web search';
