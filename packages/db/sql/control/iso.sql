-- Promise: a time as ISO 8601 in UTC with milliseconds, whatever the session's time zone; null stays null.
CREATE OR REPLACE FUNCTION control.iso(p_at timestamptz) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
  RETURN to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
