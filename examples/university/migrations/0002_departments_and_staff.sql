-- Departments, who works in them, and who has led them when.

CREATE TYPE staff_category AS ENUM ('academic', 'teaching', 'administrative', 'technical');
CREATE TYPE appointment_role AS ENUM ('head', 'deputy', 'member', 'visitor');

CREATE TABLE department (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL CONSTRAINT department_code_is_unique UNIQUE
    CONSTRAINT department_code_is_capitals CHECK (code ~ '^[A-Z]{2,5}$'),
  name text NOT NULL CONSTRAINT department_name_is_unique UNIQUE,
  head_staff_id bigint,
  founded_on date
);

CREATE TABLE staff (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id bigint NOT NULL CONSTRAINT staff_is_one_person UNIQUE REFERENCES person,
  department_id bigint NOT NULL REFERENCES department DEFERRABLE INITIALLY DEFERRED,
  staff_number text NOT NULL CONSTRAINT staff_number_is_unique UNIQUE,
  category staff_category NOT NULL,
  job_title text NOT NULL,
  office text,
  hired_on date NOT NULL,
  left_on date,
  CONSTRAINT staff_leave_after_they_are_hired CHECK (left_on >= hired_on)
);

-- A department and its head need each other: both ends wait for the commit.
ALTER TABLE department ADD CONSTRAINT department_head_is_staff
  FOREIGN KEY (head_staff_id) REFERENCES staff DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX staff_by_department ON staff (department_id) WHERE left_on IS NULL;

CREATE TABLE appointment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  staff_id bigint NOT NULL REFERENCES staff,
  department_id bigint NOT NULL REFERENCES department,
  role appointment_role NOT NULL,
  held daterange NOT NULL CONSTRAINT appointment_lasts CHECK (NOT isempty(held)),
  CONSTRAINT department_has_one_head_at_a_time EXCLUDE USING gist (
    int8range(department_id, department_id, '[]') WITH &&,
    held WITH &&
  ) WHERE (role = 'head')
);

CREATE INDEX appointment_by_staff ON appointment (staff_id);

COMMENT ON TABLE department IS 'An academic or administrative unit';
COMMENT ON COLUMN department.head_staff_id IS 'The head today; appointment keeps the history';
COMMENT ON TABLE staff IS 'A person employed by the university';
COMMENT ON TABLE appointment IS 'A role somebody holds in a department for a time';
COMMENT ON CONSTRAINT department_has_one_head_at_a_time ON appointment
  IS 'The one-point range stands for equality, so that no extension is needed';
