-- What studying costs, what was billed, what was paid.

CREATE DOMAIN money_amount AS numeric(12, 2)
  CONSTRAINT money_amount_is_not_negative CHECK (VALUE >= 0);

CREATE TYPE fee_kind AS ENUM ('tuition', 'registration', 'laboratory', 'library', 'examination');
CREATE TYPE invoice_status AS ENUM ('draft', 'issued', 'paid', 'cancelled');

CREATE TABLE fee (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  programme_id bigint REFERENCES programme,
  kind fee_kind NOT NULL,
  academic_year smallint NOT NULL CONSTRAINT fee_year_is_plausible CHECK (academic_year BETWEEN 1900 AND 2200),
  amount money_amount NOT NULL,
  currency text NOT NULL DEFAULT 'EUR' CONSTRAINT fee_currency_is_iso_4217 CHECK (currency ~ '^[A-Z]{3}$'),
  CONSTRAINT fee_is_set_once_a_year UNIQUE (programme_id, kind, academic_year)
);

CREATE SEQUENCE invoice_number_seq AS bigint;

CREATE TABLE invoice (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number bigint NOT NULL DEFAULT nextval('invoice_number_seq') CONSTRAINT invoice_number_is_unique UNIQUE,
  reference text GENERATED ALWAYS AS ('INV-' || lpad(number::text, 7, '0')) STORED,
  student_id bigint NOT NULL REFERENCES student,
  term_id bigint NOT NULL REFERENCES term,
  status invoice_status NOT NULL DEFAULT 'draft',
  issued_on date,
  due_on date,
  CONSTRAINT invoice_has_a_day_once_issued CHECK (status = 'draft' OR issued_on IS NOT NULL),
  CONSTRAINT invoice_is_due_after_it_is_issued CHECK (due_on >= issued_on)
);

ALTER SEQUENCE invoice_number_seq OWNED BY invoice.number;

CREATE INDEX invoice_by_student ON invoice (student_id, term_id);
CREATE INDEX invoice_open_by_due_day ON invoice (due_on) WHERE status = 'issued';

CREATE TABLE invoice_line (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  invoice_id bigint NOT NULL REFERENCES invoice ON DELETE CASCADE,
  position smallint NOT NULL,
  fee_id bigint REFERENCES fee,
  description text NOT NULL,
  quantity smallint NOT NULL DEFAULT 1 CONSTRAINT invoice_line_counts_something CHECK (quantity > 0),
  unit_price money_amount NOT NULL,
  amount numeric(14, 2) GENERATED ALWAYS AS (quantity * unit_price) STORED,
  -- Deferrable, so that two lines can swap places.
  CONSTRAINT invoice_line_position_is_unique UNIQUE (invoice_id, position) DEFERRABLE INITIALLY IMMEDIATE
);

CREATE INDEX invoice_line_by_fee ON invoice_line (fee_id) WHERE fee_id IS NOT NULL;

CREATE TABLE payment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  invoice_id bigint NOT NULL REFERENCES invoice,
  amount money_amount NOT NULL CONSTRAINT payment_is_more_than_nothing CHECK (amount > 0),
  method text NOT NULL CONSTRAINT payment_method_is_known CHECK (method IN ('card', 'transfer', 'cash')),
  received_at timestamptz NOT NULL,
  receipt text CONSTRAINT payment_receipt_is_unique UNIQUE
);

CREATE INDEX payment_by_invoice ON payment (invoice_id) INCLUDE (amount);
CREATE INDEX payment_by_receipt_day ON payment USING brin (received_at);

CREATE VIEW invoice_balance AS
  SELECT i.id AS invoice_id, i.reference, i.student_id, i.status, i.due_on, b.billed, p.paid, b.billed - p.paid AS balance
  FROM invoice i
  CROSS JOIN LATERAL (SELECT coalesce(sum(l.amount), 0) AS billed FROM invoice_line l WHERE l.invoice_id = i.id) b
  CROSS JOIN LATERAL (SELECT coalesce(sum(y.amount), 0) AS paid FROM payment y WHERE y.invoice_id = i.id) p;

CREATE FUNCTION settle_invoices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE invoice i SET status = 'paid'
  WHERE i.status = 'issued' AND i.id IN (SELECT r.invoice_id FROM received r)
    AND (SELECT b.balance FROM invoice_balance b WHERE b.invoice_id = i.id) <= 0;
  RETURN NULL;
END
$$;

CREATE TRIGGER payment_settles_its_invoice AFTER INSERT ON payment
  REFERENCING NEW TABLE AS received FOR EACH STATEMENT EXECUTE FUNCTION settle_invoices();

CREATE FUNCTION refuse_empty_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM invoice_line l WHERE l.invoice_id = NEW.id) THEN
    RAISE EXCEPTION 'Invoice % is issued without a line', NEW.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'issued_invoice_has_lines';
  END IF;
  RETURN NULL;
END
$$;

-- Checked at commit: an invoice and its lines arrive together, in whatever order.
CREATE CONSTRAINT TRIGGER issued_invoice_has_lines AFTER INSERT OR UPDATE OF status ON invoice
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.status = 'issued') EXECUTE FUNCTION refuse_empty_invoice();

COMMENT ON TABLE fee IS 'A price for a year, of one programme or of all';
COMMENT ON COLUMN fee.programme_id IS 'Null: the fee is the same for every programme';
COMMENT ON TABLE invoice IS 'A bill to a student for a term';
COMMENT ON TABLE invoice_line IS 'One position of an invoice';
COMMENT ON TABLE payment IS 'Money received for an invoice';
COMMENT ON VIEW invoice_balance IS 'What each invoice billed, what was paid, what is open';
