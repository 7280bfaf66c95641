-- A full offering no longer refuses: the student waits, and moves up when somebody withdraws.

ALTER TABLE enrolment ADD COLUMN waitlist_position smallint;

ALTER TABLE enrolment ADD CONSTRAINT enrolment_waits_in_a_position
  CHECK ((status = 'waitlisted') = (waitlist_position IS NOT NULL)) NOT VALID;
ALTER TABLE enrolment VALIDATE CONSTRAINT enrolment_waits_in_a_position;

CREATE UNIQUE INDEX waitlist_position_is_held_once ON enrolment (offering_id, waitlist_position)
  WHERE status = 'waitlisted';

DROP TRIGGER enrolment_takes_a_seat ON enrolment;
ALTER FUNCTION refuse_full_offering() RENAME TO take_seat_or_wait;

CREATE OR REPLACE FUNCTION take_seat_or_wait() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_capacity smallint;
  v_taken bigint;
  v_waiting smallint;
BEGIN
  IF NEW.status NOT IN ('enrolled', 'waitlisted') THEN
    NEW.waitlist_position := NULL;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.offering_id <> OLD.offering_id THEN
    NEW.waitlist_position := NULL;
  END IF;
  -- The lock makes two enrolments for the last seat wait for each other.
  SELECT capacity INTO v_capacity FROM course_offering WHERE id = NEW.offering_id FOR NO KEY UPDATE;
  SELECT count(*) FILTER (WHERE e.status = 'enrolled'), coalesce(max(e.waitlist_position), 0)
    INTO v_taken, v_waiting
  FROM enrolment e WHERE e.offering_id = NEW.offering_id AND e.id <> NEW.id;
  IF v_taken < v_capacity THEN
    NEW.status := 'enrolled';
    NEW.waitlist_position := NULL;
  ELSE
    NEW.status := 'waitlisted';
    NEW.waitlist_position := coalesce(NEW.waitlist_position, v_waiting + 1);
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER enrolment_takes_a_seat BEFORE INSERT OR UPDATE OF status, offering_id ON enrolment
  FOR EACH ROW EXECUTE FUNCTION take_seat_or_wait();

CREATE FUNCTION promote_first_in_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE enrolment SET status = 'enrolled' WHERE id = (
    SELECT e.id FROM enrolment e
    WHERE e.offering_id = OLD.offering_id AND e.status = 'waitlisted'
    ORDER BY e.waitlist_position LIMIT 1
  );
  RETURN NULL;
END
$$;

CREATE TRIGGER leaving_frees_a_seat AFTER UPDATE OF status, offering_id ON enrolment
  FOR EACH ROW WHEN (OLD.status = 'enrolled' AND (NEW.status = 'withdrawn' OR NEW.offering_id <> OLD.offering_id))
  EXECUTE FUNCTION promote_first_in_line();

COMMENT ON COLUMN enrolment.waitlist_position IS 'Order in the waiting list, from 1, with gaps; null when not waiting';
COMMENT ON FUNCTION take_seat_or_wait() IS 'Gives an enrolment a seat while there is one, and a place in the waiting list after';
