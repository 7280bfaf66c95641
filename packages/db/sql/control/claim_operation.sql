-- Promise: hands an operation that is due to one worker: raises its attempt and the fences of the tenants or the spare
-- that it works on, takes the lease, and
-- returns it; nothing when it is not due, in other hands or at its end. An undo that was cut short stays an undo.
CREATE OR REPLACE FUNCTION control.claim_operation(p_operation text, p_worker text, p_lease interval)
  RETURNS SETOF control.operation
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_row control.operation;
  v_fence bigint;
  v_source_fence bigint;
BEGIN
  SELECT * INTO v_row FROM control.operation
  WHERE id = p_operation AND finished_at IS NULL AND due_at <= clock_timestamp()
    AND (lease_until IS NULL OR lease_until < clock_timestamp())
  FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  -- An attempt whose lease ran out ended without a word, and so did the step it was at.
  UPDATE control.operation_step SET state = 'failed', finished_at = clock_timestamp(),
    error = jsonb_build_object('code', 'lease_lost', 'message', 'the worker fell silent', 'class', 'retry',
      'step', name, 'attempt', attempt)
  WHERE operation_id = p_operation AND state = 'running';
  IF v_row.state = 'running' THEN
    UPDATE control.operation SET state = 'waiting', lease_until = NULL, worker_id = NULL WHERE id = p_operation;
  END IF;
  IF v_row.tenant_id IS NOT NULL THEN
    UPDATE control.tenant SET fence = fence + 1 WHERE id = v_row.tenant_id RETURNING fence INTO v_fence;
  ELSIF v_row.spare_id IS NOT NULL THEN
    UPDATE control.spare SET fence = fence + 1 WHERE id = v_row.spare_id RETURNING fence INTO v_fence;
  END IF;
  IF v_row.source_id IS NOT NULL THEN
    UPDATE control.tenant SET fence = fence + 1 WHERE id = v_row.source_id RETURNING fence INTO v_source_fence;
  END IF;
  RETURN QUERY
  UPDATE control.operation SET
    state = CASE state WHEN 'undoing' THEN 'undoing' ELSE 'running' END,
    attempt = attempt + 1, fence = coalesce(v_fence, attempt + 1),
    source_fence = v_source_fence, worker_id = p_worker,
    lease_until = clock_timestamp() + p_lease, started_at = coalesce(started_at, clock_timestamp()),
    deadline_at = coalesce(deadline_at, clock_timestamp() + deadline_seconds * interval '1 second')
  WHERE id = p_operation RETURNING *;
END $$;
