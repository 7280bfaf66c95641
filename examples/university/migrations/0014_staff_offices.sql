-- An office was a word in the staff list; now it is a room. A word that names no known room stays as a note.

ALTER TABLE staff
  ADD COLUMN office_room_id bigint REFERENCES room,
  ADD COLUMN note text;

UPDATE staff SET office_room_id = room.id
FROM room JOIN building ON building.id = room.building_id
WHERE staff.office = building.code || ' ' || room.code;

UPDATE staff SET note = 'Office: ' || office WHERE office IS NOT NULL AND office_room_id IS NULL;

ALTER TABLE staff DROP COLUMN office;

CREATE INDEX staff_by_office ON staff (office_room_id) WHERE office_room_id IS NOT NULL;

COMMENT ON COLUMN staff.note IS 'Free text beside the entry in the staff directory';
