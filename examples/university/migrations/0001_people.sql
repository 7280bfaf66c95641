-- Everyone the university knows is a person once. Being a student or a member of staff is a role of that person.

CREATE DOMAIN email AS text
  CONSTRAINT email_has_one_at_and_a_dotted_host CHECK (VALUE ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$');

CREATE DOMAIN country_code AS text
  CONSTRAINT country_code_is_two_capitals CHECK (VALUE ~ '^[A-Z]{2}$');

CREATE TYPE postal_address AS (
  street text,
  city text,
  postal_code text,
  country country_code
);

CREATE FUNCTION stamp_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;

CREATE TABLE person (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  full_name text NOT NULL CONSTRAINT person_name_is_not_blank CHECK (btrim(full_name) <> ''),
  email email NOT NULL CONSTRAINT person_email_is_unique UNIQUE,
  phone text,
  born_on date,
  nationality country_code,
  home_address postal_address,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX person_by_name ON person (full_name);

CREATE TRIGGER person_is_stamped BEFORE UPDATE ON person
  FOR EACH ROW EXECUTE FUNCTION stamp_updated_at();

COMMENT ON DOMAIN email IS 'An e-mail address: one @, a dotted host, no spaces';
COMMENT ON DOMAIN country_code IS 'ISO 3166-1 alpha-2';
COMMENT ON TYPE postal_address IS 'A postal address as one value: it has no identity of its own';
COMMENT ON TABLE person IS 'Everyone the university knows, once, whatever their roles';
COMMENT ON COLUMN person.nationality IS 'Asked for statistics and visas; may stay empty';
