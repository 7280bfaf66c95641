-- Promise: the hash of an audit row over everything it says and the hash of the row before it. Fields are elements of
-- one JSON array, so no two rows read alike; the time is in UTC, so no session setting matters.
CREATE OR REPLACE FUNCTION control.audit_digest(p_row control.audit) RETURNS bytea
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
  RETURN sha256((p_row).prev_hash || convert_to(jsonb_build_array(
    (p_row).chain, (p_row).seq, to_char((p_row).at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    (p_row).actor_id, (p_row).actor_name, (p_row).session_id, (p_row).address, (p_row).request_id,
    (p_row).action, (p_row).target_kind, (p_row).target_id, (p_row).outcome, (p_row).error_code,
    (p_row).operation_id, (p_row).attempt, (p_row).before, (p_row).after)::text, 'UTF8'));
