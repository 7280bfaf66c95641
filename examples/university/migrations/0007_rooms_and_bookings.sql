-- Buildings, rooms, and a timetable in which no room is booked twice.

CREATE TYPE room_kind AS ENUM ('lecture_hall', 'seminar_room', 'laboratory', 'office', 'studio');
CREATE TYPE booking_status AS ENUM ('tentative', 'confirmed', 'cancelled');

CREATE TABLE building (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL CONSTRAINT building_code_is_unique UNIQUE,
  name text NOT NULL,
  address postal_address
);

CREATE TABLE room (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  building_id bigint NOT NULL REFERENCES building,
  code text NOT NULL,
  kind room_kind NOT NULL,
  seats smallint NOT NULL CONSTRAINT room_seats_are_not_negative CHECK (seats >= 0),
  is_accessible boolean NOT NULL DEFAULT true,
  CONSTRAINT room_code_is_unique_in_its_building UNIQUE (building_id, code)
);

CREATE INDEX room_by_kind_and_seats ON room (kind, seats);

CREATE TABLE room_booking (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  room_id bigint NOT NULL REFERENCES room,
  offering_id bigint REFERENCES course_offering ON DELETE CASCADE,
  purpose text,
  during tstzrange NOT NULL,
  minutes integer GENERATED ALWAYS AS ((extract(epoch FROM upper(during) - lower(during)) / 60)::integer) STORED,
  status booking_status NOT NULL DEFAULT 'confirmed',
  booked_by bigint REFERENCES staff,
  CONSTRAINT booking_has_a_beginning_and_an_end
    CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)),
  CONSTRAINT booking_is_for_an_offering_or_a_purpose CHECK (num_nonnulls(offering_id, purpose) > 0),
  CONSTRAINT room_is_booked_once_at_a_time EXCLUDE USING gist (
    int8range(room_id, room_id, '[]') WITH &&,
    during WITH &&
  ) WHERE (status <> 'cancelled')
);

CREATE INDEX room_booking_by_offering ON room_booking (offering_id) WHERE offering_id IS NOT NULL;
CREATE INDEX room_booking_by_beginning ON room_booking (lower(during));

COMMENT ON TABLE building IS 'A building on campus';
COMMENT ON TABLE room IS 'A room that can be booked or worked in';
COMMENT ON TABLE room_booking IS 'A room taken for a time: the timetable, and everything else that needs a room';
COMMENT ON COLUMN room_booking.minutes IS 'Length of the booking';
COMMENT ON CONSTRAINT room_is_booked_once_at_a_time ON room_booking
  IS 'The one-point range stands for equality, so that no extension is needed';
