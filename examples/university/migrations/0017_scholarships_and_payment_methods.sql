-- Scholarships lower what is owed. On the way, two things of the first billing year are put right.

CREATE TABLE scholarship (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL CONSTRAINT scholarship_name_is_unique UNIQUE,
  funded_by text NOT NULL,
  yearly_amount money_amount NOT NULL
);

CREATE TABLE scholarship_award (
  scholarship_id bigint NOT NULL REFERENCES scholarship,
  student_id bigint NOT NULL REFERENCES student,
  academic_year smallint NOT NULL,
  amount money_amount NOT NULL,
  PRIMARY KEY (scholarship_id, student_id, academic_year)
);

CREATE INDEX scholarship_award_by_student ON scholarship_award (student_id) INCLUDE (amount);

ALTER TABLE scholarship_award ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff_work_with_all ON scholarship_award USING ((SELECT acts_as_staff()));
CREATE POLICY students_read_their_own ON scholarship_award FOR SELECT USING (student_id = (SELECT acting_student_id()));

-- Null stands for "every programme", which may also be priced only once a year.
ALTER TABLE fee
  DROP CONSTRAINT fee_is_set_once_a_year,
  ADD CONSTRAINT fee_is_set_once_a_year UNIQUE NULLS NOT DISTINCT (programme_id, kind, academic_year);

-- The list of methods had become a rule in three places.
CREATE TYPE payment_method AS ENUM ('card', 'transfer', 'cash', 'scholarship', 'waiver');
ALTER TABLE payment DROP CONSTRAINT payment_method_is_known;
ALTER TABLE payment ALTER COLUMN method TYPE payment_method USING method::payment_method;
ALTER TABLE payment RENAME COLUMN receipt TO receipt_number;

CREATE OR REPLACE VIEW invoice_balance WITH (security_invoker = true) AS
  SELECT i.id AS invoice_id, i.reference, i.student_id, i.status, i.due_on, b.billed, p.paid, b.billed - p.paid AS balance,
    i.term_id, p.last_payment_at
  FROM invoice i
  CROSS JOIN LATERAL (SELECT coalesce(sum(l.amount), 0) AS billed FROM invoice_line l WHERE l.invoice_id = i.id) b
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(y.amount), 0) AS paid, max(y.received_at) AS last_payment_at
    FROM payment y WHERE y.invoice_id = i.id
  ) p;

COMMENT ON TABLE scholarship IS 'A fund that pays for students';
COMMENT ON TABLE scholarship_award IS 'What a student receives from a scholarship for a year';
