--
-- PostgreSQL database dump
--



SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: control; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA control;


--
-- Name: alert_matches(jsonb, text, text, text, text, text, jsonb); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.alert_matches(p_matchers jsonb, p_rule text, p_severity text, p_cluster text, p_tenant text, p_metric text, p_labels jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  SELECT NOT EXISTS (
    SELECT FROM jsonb_array_elements(p_matchers) m
    WHERE (m ->> 'operator' = 'is') <> (m -> 'values' ? coalesce(
      CASE m ->> 'fact'
        WHEN 'rule' THEN p_rule
        WHEN 'severity' THEN p_severity
        WHEN 'cluster' THEN p_cluster
        WHEN 'tenant' THEN p_tenant
        WHEN 'metric' THEN p_metric
        ELSE p_labels ->> substr(m ->> 'fact', 7)
      END, E'\x01'))
  )
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: audit; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.audit (
    chain text NOT NULL,
    seq bigint DEFAULT 0 NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    session_id text,
    address text,
    request_id text,
    action text NOT NULL,
    target_kind text,
    target_id text,
    outcome text NOT NULL,
    error_code text,
    operation_id text,
    attempt integer,
    before jsonb,
    after jsonb,
    prev_hash bytea DEFAULT '\x'::bytea NOT NULL,
    hash bytea DEFAULT '\x'::bytea NOT NULL,
    CONSTRAINT audit_outcome_is_known CHECK ((outcome = ANY (ARRAY['requested'::text, 'denied'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text])))
);


--
-- Name: audit_digest(control.audit); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.audit_digest(p_row control.audit) RETURNS bytea
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN sha256(((p_row).prev_hash || convert_to((jsonb_build_array((p_row).chain, (p_row).seq, to_char(((p_row).at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US'::text), (p_row).actor_id, (p_row).actor_name, (p_row).session_id, (p_row).address, (p_row).request_id, (p_row).action, (p_row).target_kind, (p_row).target_id, (p_row).outcome, (p_row).error_code, (p_row).operation_id, (p_row).attempt, (p_row).before, (p_row).after))::text, 'UTF8'::name)));


--
-- Name: begin_of(text); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.begin_of(p_table text) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
  SELECT min(to_date(right(c.relname, 8), 'YYYYMMDD'))::timestamptz
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = ('control.' || p_table)::regclass
$$;


--
-- Name: chain_audit(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.chain_audit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  v_head control.audit_head;
BEGIN
  INSERT INTO control.audit_head (chain, seq, hash) VALUES (NEW.chain, 0, '') ON CONFLICT (chain) DO NOTHING;
  SELECT * INTO v_head FROM control.audit_head WHERE chain = NEW.chain FOR UPDATE;
  NEW.seq := v_head.seq + 1;
  NEW.at := clock_timestamp();
  NEW.prev_hash := v_head.hash;
  NEW.hash := control.audit_digest(NEW);
  UPDATE control.audit_head SET seq = NEW.seq, hash = NEW.hash WHERE chain = NEW.chain;
  RETURN NEW;
END $$;


--
-- Name: claim_evaluation(text, interval); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.claim_evaluation(p_holder text, p_lease interval) RETURNS TABLE(fence bigint, now timestamp with time zone)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  v_row control.alert_evaluator;
  v_now timestamptz := clock_timestamp();
BEGIN
  INSERT INTO control.alert_evaluator (id) VALUES (1) ON CONFLICT DO NOTHING;
  -- Whoever is writing holds the row: it is alive, or its transaction ends soon.
  SELECT * INTO v_row FROM control.alert_evaluator e WHERE e.id = 1 FOR UPDATE SKIP LOCKED;
  IF NOT FOUND OR (v_row.holder IS DISTINCT FROM p_holder
      AND v_row.lease_until BETWEEN v_now AND v_now + p_lease) THEN
    RETURN;
  END IF;
  RETURN QUERY
  UPDATE control.alert_evaluator e SET holder = p_holder, lease_until = v_now + p_lease,
    fence = e.fence + CASE WHEN v_row.holder IS DISTINCT FROM p_holder THEN 1 ELSE 0 END
  WHERE e.id = 1 RETURNING e.fence, v_now;
END $$;


--
-- Name: operation; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.operation (
    id text NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    tenant_id text,
    source_id text,
    spare_id text,
    bulk_id text,
    template_id text,
    cluster_id text NOT NULL,
    input jsonb DEFAULT '{}'::jsonb NOT NULL,
    result jsonb,
    error jsonb,
    priority smallint NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    max_attempts integer NOT NULL,
    fence bigint DEFAULT 0 NOT NULL,
    source_fence bigint,
    cancel_requested_at timestamp with time zone,
    cancel_requested_by text,
    cancel_force_at timestamp with time zone,
    worker_id text,
    lease_until timestamp with time zone,
    due_at timestamp with time zone DEFAULT now(),
    on_failure text DEFAULT 'undo'::text NOT NULL,
    deadline_seconds integer NOT NULL,
    deadline_at timestamp with time zone,
    requested_by text NOT NULL,
    request_id text,
    trace_parent text,
    idempotency_key text NOT NULL,
    request_hash text NOT NULL,
    retry_of text,
    aside_at timestamp with time zone,
    aside_by text,
    aside_reason text,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT operation_cancel_is_requested_whole_or_not_at_all CHECK ((((cancel_requested_at IS NULL) = (cancel_requested_by IS NULL)) AND ((cancel_requested_at IS NULL) = (cancel_force_at IS NULL)))),
    CONSTRAINT operation_failed_has_error CHECK (((state <> 'failed'::text) OR (error IS NOT NULL))),
    CONSTRAINT operation_finished_iff_final CHECK (((finished_at IS NOT NULL) = (state = ANY (ARRAY['succeeded'::text, 'failed'::text, 'cancelled'::text])))),
    CONSTRAINT operation_is_on_a_tenant_or_a_spare CHECK (((spare_id IS NULL) OR (tenant_id IS NULL))),
    CONSTRAINT operation_is_put_aside_whole_or_not_at_all CHECK ((((aside_at IS NULL) = (aside_by IS NULL)) AND ((aside_at IS NULL) = (aside_reason IS NULL)) AND ((aside_at IS NULL) OR (state = 'failed'::text)))),
    CONSTRAINT operation_leased_iff_in_hand CHECK ((((lease_until IS NOT NULL) = (state = ANY (ARRAY['running'::text, 'undoing'::text]))) AND ((worker_id IS NOT NULL) = (lease_until IS NOT NULL)))),
    CONSTRAINT operation_on_failure_is_known CHECK ((on_failure = ANY (ARRAY['undo'::text, 'keep'::text]))),
    CONSTRAINT operation_without_due_time_waits_for_a_decision CHECK (((due_at IS NOT NULL) OR ((state = 'waiting'::text) AND (error IS NOT NULL))))
);


--
-- Name: claim_operation(text, text, interval); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.claim_operation(p_operation text, p_worker text, p_lease interval) RETURNS SETOF control.operation
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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


--
-- Name: create_cluster_queue(text); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.create_cluster_queue(p_cluster text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  v_queue text := 'operations-' || p_cluster;
  v_table name;
BEGIN
  IF p_cluster IS NULL OR p_cluster !~ '^cl_[0-9a-hjkmnp-tv-z]{26}$' THEN
    RAISE EXCEPTION 'not the id of a cluster: %', p_cluster USING ERRCODE = '22023';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('tenantry.create_cluster_queue'));
  -- In a partition of its own a long backlog costs a fetch 1 ms; in the shared table 67 ms.
  PERFORM pgboss.create_queue(v_queue, jsonb_build_object(
    'policy', 'standard', 'partition', true, 'notify', true, 'retryLimit', 0, 'expireInSeconds', 3600,
    'deleteAfterSeconds', 3600));
  SELECT table_name INTO STRICT v_table FROM pgboss.queue WHERE name = v_queue;
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON pgboss.%I TO tenantry_runtime', v_table);
END $_$;


--
-- Name: drop_partitions(text, text, timestamp with time zone); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.drop_partitions(p_table text, p_unit text, p_keep_from timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
DECLARE
  v_keep_from timestamptz := p_keep_from;
  v_old record;
BEGIN
  IF p_unit <> 'year' THEN
    v_keep_from := least(p_keep_from, coalesce(
      (SELECT until FROM control.sampling WHERE name = CASE p_unit WHEN 'day' THEN 'hours' ELSE 'days' END), '-infinity'));
  END IF;
  FOR v_old IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ('control.' || p_table)::regclass
      AND to_date(right(c.relname, 8), 'YYYYMMDD') + ('1 ' || p_unit)::interval <= v_keep_from
  LOOP
    EXECUTE format('DROP TABLE control.%I', v_old.relname);
  END LOOP;
END $$;


--
-- Name: emit_audit_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_audit_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['audit'], 'audit.appended', NEW.chain || '/' || NEW.seq, NEW.seq,
    jsonb_build_object(
      'chain', NEW.chain, 'seq', NEW.seq, 'at', control.iso(NEW.at), 'actorId', NEW.actor_id,
      'actorName', NEW.actor_name, 'action', NEW.action, 'targetKind', NEW.target_kind, 'targetId', NEW.target_id,
      'outcome', NEW.outcome, 'errorCode', NEW.error_code, 'operationId', NEW.operation_id));
  RETURN NULL;
END $$;


--
-- Name: emit_bulk_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_bulk_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['bulks', 'bulk:' || NEW.id], 'bulk.changed', NEW.id, NEW.row_version,
    jsonb_build_object(
      'id', NEW.id, 'kind', NEW.kind, 'state', NEW.state, 'total', NEW.total, 'reason', NEW.reason,
      'pauseReason', NEW.pause_reason, 'outcome', NEW.outcome, 'rowVersion', NEW.row_version,
      'createdAt', control.iso(NEW.created_at), 'finishedAt', control.iso(NEW.finished_at)));
  RETURN NULL;
END $$;


--
-- Name: emit_changed_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_changed_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  v_row jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY[TG_ARGV[0]], TG_ARGV[1], v_row ->> 'id', coalesce((v_row ->> 'row_version')::bigint, 1),
    jsonb_build_object('id', v_row ->> 'id'));
  RETURN NULL;
END $$;


--
-- Name: emit_cluster_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_cluster_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['clusters'], 'cluster.changed', NEW.id, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
    jsonb_build_object(
      'id', NEW.id, 'name', NEW.name, 'state', NEW.state, 'rowVersion', NEW.row_version, 'reachable', NEW.reachable, 'fault', NEW.fault,
      'labels', NEW.labels, 'limits', NEW.limits, 'maxConcurrency', NEW.max_concurrency, 'capacity', NEW.capacity));
  RETURN NULL;
END $$;


--
-- Name: emit_finding_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_finding_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['findings'] || CASE WHEN NEW.tenant_id ~ '^tn_[0-9a-z]{26}$' THEN ARRAY['tenant:' || NEW.tenant_id] ELSE '{}' END,
    'finding.changed', NEW.id, NEW.row_version,
    jsonb_build_object(
      'id', NEW.id, 'kind', NEW.kind, 'state', NEW.state, 'clusterId', NEW.cluster_id, 'tenantId', NEW.tenant_id,
      'subject', NEW.subject, 'detail', NEW.detail, 'rowVersion', NEW.row_version,
      'firstSeenAt', control.iso(NEW.first_seen_at), 'resolvedAt', control.iso(NEW.resolved_at),
      'ignoredBecause', NEW.ignored_because));
  RETURN NULL;
END $_$;


--
-- Name: emit_incident_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_incident_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['alerts'], 'incident.changed', NEW.id, NEW.row_version,
    jsonb_build_object(
      'id', NEW.id, 'state', NEW.state, 'severity', NEW.severity, 'title', NEW.title, 'firing', NEW.firing,
      'total', NEW.total, 'silenced', NEW.silenced, 'acknowledgedBy', NEW.acknowledged_by,
      'acknowledgedUntil', control.iso(NEW.acknowledged_until), 'rowVersion', NEW.row_version,
      'startedAt', control.iso(NEW.started_at), 'resolvedAt', control.iso(NEW.resolved_at)));
  RETURN NULL;
END $$;


--
-- Name: emit_log_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_log_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  SELECT
    ARRAY['operation:' || l.operation_id], 'operation.log', l.operation_id, max(l.line),
    jsonb_build_object('operationId', l.operation_id, 'lines', jsonb_agg(
      jsonb_build_object(
        'line', l.line, 'attempt', l.attempt, 'at', control.iso(l.at), 'level', l.level, 'step', l.step,
        'message', l.message, 'data', l.data)
      ORDER BY l.line))
  FROM added l GROUP BY l.operation_id;
  RETURN NULL;
END $$;


--
-- Name: emit_operation_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_operation_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['operations', 'operation:' || NEW.id] || CASE WHEN NEW.tenant_id IS NOT NULL THEN ARRAY['tenant:' || NEW.tenant_id] ELSE '{}' END
      || CASE WHEN NEW.source_id IS NOT NULL THEN ARRAY['tenant:' || NEW.source_id] ELSE '{}' END
      || CASE WHEN NEW.bulk_id IS NOT NULL THEN ARRAY['bulk:' || NEW.bulk_id] ELSE '{}' END,
    'operation.changed', NEW.id, NEW.row_version,
    jsonb_build_object(
      'id', NEW.id, 'kind', NEW.kind, 'state', NEW.state, 'tenantId', NEW.tenant_id, 'clusterId', NEW.cluster_id,
      'sourceId', NEW.source_id, 'spareId', NEW.spare_id, 'bulkId', NEW.bulk_id,
      'cancelRequestedAt', control.iso(NEW.cancel_requested_at), 'cancelForceAt', control.iso(NEW.cancel_force_at),
      'priority', NEW.priority, 'asideAt', control.iso(NEW.aside_at),
      'attempt', NEW.attempt, 'maxAttempts', NEW.max_attempts, 'error', NEW.error, 'result', NEW.result,
      'requestedBy', NEW.requested_by, 'rowVersion', NEW.row_version, 'dueAt', control.iso(NEW.due_at),
      'createdAt', control.iso(NEW.created_at), 'startedAt', control.iso(NEW.started_at),
      'finishedAt', control.iso(NEW.finished_at)));
  RETURN NULL;
END $$;


--
-- Name: emit_pool_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_pool_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  v_row control.pool_policy := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['templates'], 'pool.changed', v_row.template_id || '/' || coalesce(v_row.cluster_id, 'all'),
    (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
    jsonb_build_object(
      'templateId', v_row.template_id, 'clusterId', v_row.cluster_id,
      'size', CASE TG_OP WHEN 'DELETE' THEN NULL ELSE v_row.size END));
  RETURN NULL;
END $$;


--
-- Name: emit_quota_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_quota_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  v_row control.quota := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    CASE WHEN v_row.tenant_id IS NULL THEN ARRAY['tenants'] ELSE ARRAY['tenant:' || v_row.tenant_id] END,
    'quota.changed', coalesce(v_row.tenant_id, 'fleet') || '/' || v_row.resource,
    (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
    jsonb_build_object(
      'tenantId', v_row.tenant_id, 'resource', v_row.resource,
      'limit', CASE TG_OP WHEN 'DELETE' THEN NULL ELSE v_row."limit" END));
  RETURN NULL;
END $$;


--
-- Name: emit_quota_state_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_quota_state_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['tenant:' || NEW.tenant_id, 'usage'], 'quota.changed', NEW.tenant_id || '/' || NEW.resource || '/level',
    NEW.row_version, jsonb_build_object('tenantId', NEW.tenant_id, 'resource', NEW.resource, 'level', NEW.level));
  RETURN NULL;
END $$;


--
-- Name: emit_reconciliation_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_reconciliation_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['findings'], 'cluster.compared', 'comparison:' || NEW.cluster_id, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
    jsonb_build_object(
      'clusterId', NEW.cluster_id, 'startedAt', control.iso(NEW.started_at), 'endedAt', control.iso(NEW.ended_at),
      'comparedAt', control.iso(NEW.compared_at), 'tookMs', NEW.took_ms, 'compared', NEW.compared, 'busy', NEW.busy,
      'fault', NEW.fault, 'requestedAt', control.iso(NEW.requested_at)));
  RETURN NULL;
END $$;


--
-- Name: emit_sample_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_sample_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['fleet'], 'fleet.sampled', 'fleet', (extract(epoch FROM NEW.at) * 1000)::bigint,
    jsonb_build_object(
      'at', control.iso(NEW.at), 'queued', NEW.queued, 'running', NEW.running, 'waiting', NEW.waiting,
      'oldestQueued', NEW.oldest_queued));
  RETURN NULL;
END $$;


--
-- Name: emit_spare_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_spare_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['templates'], 'spare.changed', NEW.id, NEW.row_version,
    jsonb_build_object(
      'id', NEW.id, 'origin', NEW.origin, 'state', NEW.state, 'clusterId', NEW.cluster_id,
      'templateId', NEW.template_id, 'templateVersion', NEW.template_version, 'rowVersion', NEW.row_version));
  RETURN NULL;
END $$;


--
-- Name: emit_step_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_step_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['operation:' || NEW.operation_id], 'operation.step',
    format('%s/%s/%s/%s', NEW.operation_id, NEW.attempt, NEW.direction, NEW.ordinal),
    (extract(epoch FROM coalesce(NEW.finished_at, NEW.started_at)) * 1000000)::bigint
      + CASE WHEN NEW.finished_at IS NULL THEN coalesce((NEW.result ->> 'percent')::integer, 0) ELSE 0 END,
    jsonb_build_object(
      'operationId', NEW.operation_id, 'attempt', NEW.attempt, 'direction', NEW.direction, 'ordinal', NEW.ordinal,
      'name', NEW.name, 'state', NEW.state, 'startedAt', control.iso(NEW.started_at),
      'finishedAt', control.iso(NEW.finished_at), 'result', NEW.result, 'error', NEW.error,
      'resources', NEW.resources));
  RETURN NULL;
END $$;


--
-- Name: emit_template_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_template_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['templates'], 'template.changed', NEW.template_id,
    (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
    jsonb_build_object('id', NEW.template_id, 'version', NEW.version, 'state', NEW.state));
  RETURN NULL;
END $$;


--
-- Name: emit_tenant_event(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.emit_tenant_event() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO control.event_outbox (topics, kind, entity_id, version, patch)
  VALUES (
    ARRAY['tenants', 'tenant:' || NEW.id], 'tenant.changed', NEW.id, NEW.row_version,
    jsonb_build_object(
      'id', NEW.id, 'slug', NEW.slug, 'displayName', NEW.display_name, 'labels', NEW.labels, 'notes', NEW.notes,
      'state', NEW.state, 'clusterId', NEW.cluster_id, 'schemaName', NEW.schema_name,
      'templateId', NEW.template_id, 'templateVersion', NEW.template_version, 'fingerprint', NEW.fingerprint,
      'ownerId', NEW.owner_id, 'planId', NEW.plan_id, 'rowVersion', NEW.row_version,
      'createdAt', control.iso(NEW.created_at), 'updatedAt', control.iso(NEW.updated_at),
      'activatedAt', control.iso(NEW.activated_at), 'archivedAt', control.iso(NEW.archived_at),
      'keptUntil', control.iso(NEW.kept_until)));
  RETURN NULL;
END $$;


--
-- Name: enforce_transition(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.enforce_transition() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  v_noun text := TG_ARGV[0];
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM FROM control.machine_state m WHERE m.noun = v_noun AND m.state = NEW.state AND m.initial;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'a new % cannot start as %', v_noun, NEW.state USING ERRCODE = 'TC001';
    END IF;
  ELSIF NEW.state IS DISTINCT FROM OLD.state THEN
    PERFORM FROM control.machine_transition t
      WHERE t.noun = v_noun AND t."from" = OLD.state AND t."to" = NEW.state;
    IF NOT FOUND THEN
      RAISE EXCEPTION '% % cannot move from % to %', v_noun, NEW.id, OLD.state, NEW.state USING ERRCODE = 'TC001';
    END IF;
  END IF;
  RETURN NEW;
END $$;


--
-- Name: firing_alerts(timestamp with time zone); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.firing_alerts(p_now timestamp with time zone) RETURNS TABLE(id text, incident_id text, rule_id text, tenant_id text, cluster_id text, severity text, metric text, labels jsonb, silence_id text, inhibited_by text, now_silence_id text, now_inhibited_by text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  WITH active AS MATERIALIZED (
    SELECT s.id, s.matchers, s.ends_at FROM control.silence s WHERE s.starts_at <= p_now AND s.ends_at > p_now
  ), fact AS (
    SELECT a.id, a.incident_id, a.rule_id, a.tenant_id, a.cluster_id, coalesce(r.severity, i.severity) AS severity,
      r.condition ->> 'metric' AS metric, a.labels, a.silence_id, a.inhibited_by,
      array_position(ARRAY['info', 'warning', 'critical'], coalesce(r.severity, i.severity)) AS weight
    FROM control.alert a
    JOIN control.incident i ON i.id = a.incident_id
    LEFT JOIN control.alert_rule r ON r.id = a.rule_id
    WHERE a.state = 'firing'
  ), firing AS (
    -- In windows, not joins: thousands begin at once, and no statistics tell the planner of them.
    SELECT f.*, min(f.id) FILTER (WHERE f.metric = 'cluster_up') OVER (PARTITION BY f.cluster_id) AS dead_cluster,
      first_value(f.id) OVER worst AS worst_id, first_value(f.weight) OVER worst AS worst_weight
    FROM fact f
    WINDOW worst AS (PARTITION BY f.metric, f.tenant_id, f.cluster_id ORDER BY f.weight DESC, f.id)
  )
  SELECT f.id, f.incident_id, f.rule_id, f.tenant_id, f.cluster_id, f.severity, f.metric, f.labels,
    f.silence_id, f.inhibited_by,
    (SELECT s.id FROM active s
      WHERE control.alert_matches(s.matchers, f.rule_id, f.severity, f.cluster_id, f.tenant_id, f.metric, f.labels)
      ORDER BY s.ends_at DESC, s.id LIMIT 1),
    coalesce(
      CASE WHEN f.metric <> 'cluster_up' AND f.cluster_id IS NOT NULL THEN f.dead_cluster END,
      CASE WHEN f.metric IS NOT NULL AND f.worst_weight > f.weight THEN f.worst_id END)
  FROM firing f
$$;


--
-- Name: iso(timestamp with time zone); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.iso(p_at timestamp with time zone) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN to_char((p_at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'::text);


--
-- Name: keep_partition(text, text, timestamp with time zone); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.keep_partition(p_table text, p_unit text, p_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
DECLARE
  v_from timestamptz := date_trunc(p_unit, p_at);
  v_name text := p_table || to_char(v_from, '_YYYYMMDD');
BEGIN
  IF p_table NOT IN ('metric_sample', 'metric_hour', 'metric_day', 'usage_sample', 'usage_hour', 'usage_day') THEN
    RAISE 'control.% keeps no samples', p_table USING ERRCODE = '22023';
  END IF;
  IF to_regclass('control.' || v_name) IS NOT NULL THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('tenantry.keep_sample_partitions'));
  EXECUTE format('CREATE TABLE IF NOT EXISTS control.%I PARTITION OF control.%I FOR VALUES FROM (%L) TO (%L)',
    v_name, p_table, v_from, v_from + ('1 ' || p_unit)::interval);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON control.%I TO tenantry_runtime', v_name);
END $$;


--
-- Name: keep_ready_version(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.keep_ready_version() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  RAISE EXCEPTION 'version % of template % is ready: it does not change any more', OLD.version, OLD.template_id
    USING ERRCODE = 'TC005';
END $$;


--
-- Name: keep_sample_partitions(timestamp with time zone, timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.keep_sample_partitions(p_keep_from timestamp with time zone, p_hours_from timestamp with time zone DEFAULT NULL::timestamp with time zone, p_days_from timestamp with time zone DEFAULT NULL::timestamp with time zone, p_now timestamp with time zone DEFAULT clock_timestamp()) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
DECLARE
  v_name text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tenantry.keep_sample_partitions'));
  FOREACH v_name IN ARRAY ARRAY['metric', 'usage'] LOOP
    FOR i IN 0..2 LOOP
      PERFORM control.keep_partition(v_name || '_sample', 'day', p_now + make_interval(days => i));
    END LOOP;
    PERFORM control.drop_partitions(v_name || '_sample', 'day', p_keep_from);
    PERFORM control.drop_partitions(v_name || '_hour', 'month', p_hours_from);
    PERFORM control.drop_partitions(v_name || '_day', 'year', p_days_from);
  END LOOP;
END $$;


--
-- Name: metric_history(text, timestamp with time zone, timestamp with time zone, interval, text[], text[]); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.metric_history(p_metric text, p_from timestamp with time zone, p_to timestamp with time zone, p_step interval, p_tenants text[] DEFAULT NULL::text[], p_clusters text[] DEFAULT NULL::text[]) RETURNS TABLE(tenant_id text, cluster_id text, at timestamp with time zone, value double precision, lowest double precision, highest double precision, average double precision)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $_$
DECLARE
  v_from timestamptz := date_bin(p_step, p_from, timestamptz 'epoch');
  v_kind text := CASE WHEN p_metric LIKE 'tenant\_%' THEN 'usage' ELSE 'metric' END;
  -- Where each layer begins: from there on it is used.
  v_measured timestamptz;
  v_hourly timestamptz;
BEGIN
  SELECT until INTO v_measured FROM control.sampling WHERE name = 'hours';
  SELECT until INTO v_hourly FROM control.sampling WHERE name = 'days';
  IF p_step < interval '1 hour' THEN
    v_measured := least(v_measured, control.begin_of(v_kind || '_sample'));
  END IF;
  IF p_step < interval '1 day' THEN
    v_hourly := least(v_hourly, control.begin_of(v_kind || '_hour'));
  END IF;
  v_measured := coalesce(v_measured, '-infinity');
  v_hourly := least(v_measured, coalesce(v_hourly, '-infinity'));
  IF v_kind = 'usage' THEN
    RETURN QUERY EXECUTE format($sql$
      WITH sample AS (
        SELECT s.tenant_id, s.at, s.%1$I::float8 AS value FROM control.usage_sample s
        WHERE s.at >= greatest($1, $4) AND s.at < $2 AND ($6 IS NULL OR s.tenant_id = ANY ($6))
      UNION ALL
        SELECT s.tenant_id, s.at, s.%1$I::float8 FROM control.usage_hour s
        WHERE s.at >= greatest($1, $5) AND s.at < least($2, $4) AND ($6 IS NULL OR s.tenant_id = ANY ($6))
      UNION ALL
        SELECT s.tenant_id, s.at, s.%1$I::float8 FROM control.usage_day s
        WHERE s.at >= $1 AND s.at < least($2, $5) AND ($6 IS NULL OR s.tenant_id = ANY ($6))
      )
      SELECT s.tenant_id, t.cluster_id, date_bin($3, s.at, timestamptz 'epoch') AS step,
        (array_agg(s.value ORDER BY s.at DESC))[1], min(s.value), max(s.value), avg(s.value)
      FROM sample s JOIN control.tenant t ON t.id = s.tenant_id
      WHERE s.value IS NOT NULL AND ($7 IS NULL OR t.cluster_id = ANY ($7))
      GROUP BY 1, 2, 3 ORDER BY 1, 3$sql$, substr(p_metric, 8))
    USING v_from, p_to, p_step, v_measured, v_hourly, p_tenants, p_clusters;
  ELSE
    RETURN QUERY
      WITH sample AS (
        SELECT s.cluster_id, s.at, s.value, s.value AS lowest, s.value AS highest, s.value AS average
        FROM control.metric_sample s
        WHERE s.metric = p_metric AND s.at >= greatest(v_from, v_measured) AND s.at < p_to
      UNION ALL
        SELECT s.cluster_id, s.at, s.value, s.lowest, s.highest, s.average FROM control.metric_hour s
        WHERE s.metric = p_metric AND s.at >= greatest(v_from, v_hourly) AND s.at < least(p_to, v_measured)
      UNION ALL
        SELECT s.cluster_id, s.at, s.value, s.lowest, s.highest, s.average FROM control.metric_day s
        WHERE s.metric = p_metric AND s.at >= v_from AND s.at < least(p_to, v_hourly)
      )
      SELECT NULL::text, s.cluster_id, date_bin(p_step, s.at, timestamptz 'epoch') AS step,
        (array_agg(s.value ORDER BY s.at DESC))[1], min(s.lowest), max(s.highest), avg(s.average)
      FROM sample s WHERE p_clusters IS NULL OR s.cluster_id = ANY (p_clusters)
      GROUP BY 1, 2, 3 ORDER BY 2, 3;
  END IF;
END $_$;


--
-- Name: metric_now(text); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.metric_now(p_metric text) RETURNS TABLE(tenant_id text, cluster_id text, at timestamp with time zone, value double precision)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
  IF p_metric LIKE 'tenant\_%' THEN
    RETURN QUERY EXECUTE format(
      'SELECT u.tenant_id, t.cluster_id,
         CASE WHEN u.absent_since IS NULL AND u.cluster_id = t.cluster_id
           THEN greatest(u.seen_at, k.collected_at) ELSE u.seen_at END, u.%I::float8
       FROM control.usage u
       JOIN control.tenant t ON t.id = u.tenant_id
       LEFT JOIN control.usage_collection k ON k.cluster_id = u.cluster_id
       WHERE u.%1$I IS NOT NULL AND t.state IN (''active'', ''suspended'')', substr(p_metric, 8));
  ELSE
    RETURN QUERY
      SELECT DISTINCT ON (s.cluster_id) NULL::text, s.cluster_id, s.at, s.value FROM control.metric_sample s
      WHERE s.metric = p_metric AND s.at > clock_timestamp() - interval '10 minutes'
      ORDER BY s.cluster_id, s.at DESC;
  END IF;
END $_$;


--
-- Name: pool_state(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.pool_state() RETURNS TABLE(template_id text, cluster_id text, ready_version integer, own_size integer, common_size integer, wanted integer, building integer, ready integer, stale integer, "left" integer, failed integer, build_not_before timestamp with time zone)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
WITH newest AS (
  SELECT v.template_id, max(v.version) AS version FROM control.template_version v WHERE v.state = 'ready' GROUP BY 1
),
present AS (
  SELECT s.template_id, s.cluster_id,
    count(*) FILTER (WHERE s.state = 'building' AND s.template_version = n.version)::int AS building,
    count(*) FILTER (WHERE s.state = 'ready' AND s.template_version = n.version)::int AS ready,
    count(*) FILTER (WHERE s.template_version IS DISTINCT FROM n.version)::int AS stale,
    count(*) FILTER (WHERE s.state = 'left' AND s.template_version = n.version)::int AS "left"
  FROM control.spare s LEFT JOIN newest n ON n.template_id = s.template_id
  WHERE s.origin = 'pool' AND s.state IN ('building', 'ready', 'left')
  GROUP BY 1, 2
),
spoilt AS (
  SELECT s.template_id, s.cluster_id, count(*)::int AS builds,
    max(s.created_at) + least(600, 2 ^ least(count(*), 10)) * interval '1 second' AS not_before
  FROM control.spare s JOIN newest n ON n.template_id = s.template_id AND n.version = s.template_version
  WHERE s.origin = 'pool' AND s.state IN ('left', 'dropped') AND s.ready_at IS NULL
    AND NOT EXISTS (
      SELECT FROM control.spare r
      WHERE r.template_id = s.template_id AND r.template_version = s.template_version AND r.cluster_id = s.cluster_id
        AND r.state IN ('ready', 'taken', 'left', 'dropped') AND r.ready_at > s.created_at)
  GROUP BY 1, 2
)
SELECT t.id, c.id, n.version, own.size::int, common.size::int,
  CASE WHEN n.version IS NULL THEN 0 ELSE coalesce(own.size, common.size, 0) END::int,
  coalesce(p.building, 0), coalesce(p.ready, 0), coalesce(p.stale, 0), coalesce(p."left", 0),
  coalesce(f.builds, 0), f.not_before
FROM control.template t
CROSS JOIN control.cluster c
LEFT JOIN newest n ON n.template_id = t.id
LEFT JOIN control.pool_policy own ON own.template_id = t.id AND own.cluster_id = c.id
LEFT JOIN control.pool_policy common ON common.template_id = t.id AND common.cluster_id IS NULL
LEFT JOIN present p ON p.template_id = t.id AND p.cluster_id = c.id
LEFT JOIN spoilt f ON f.template_id = t.id AND f.cluster_id = c.id
WHERE c.state <> 'detached'
$$;


--
-- Name: quiet_alerts(timestamp with time zone); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.quiet_alerts(p_now timestamp with time zone) RETURNS TABLE(incident_id text, quiet boolean, why text, detail jsonb)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  UPDATE control.alert a SET silence_id = f.now_silence_id, inhibited_by = f.now_inhibited_by
  FROM control.firing_alerts(p_now) f
  WHERE a.id = f.id AND (a.silence_id, a.inhibited_by) IS DISTINCT FROM (f.now_silence_id, f.now_inhibited_by);

  RETURN QUERY
  WITH counted AS (
    SELECT a.incident_id, count(*) AS firing,
      count(*) FILTER (WHERE a.silence_id IS NOT NULL OR a.inhibited_by IS NOT NULL) AS silenced,
      min(a.silence_id) AS silence_id, min(a.inhibited_by) AS inhibited_by
    FROM control.alert a WHERE a.state = 'firing' GROUP BY 1
  ), changed AS (
    SELECT c.*, i.firing > 0 AND i.silenced = i.firing AS was_quiet, c.silenced = c.firing AS is_quiet
    FROM counted c JOIN control.incident i ON i.id = c.incident_id
    WHERE (i.silenced, i.firing) IS DISTINCT FROM (c.silenced, c.firing)
  ), written AS (
    UPDATE control.incident i SET firing = c.firing, silenced = c.silenced,
      epoch = i.epoch + CASE WHEN c.was_quiet AND NOT c.is_quiet AND i.announced_epoch = i.epoch THEN 1 ELSE 0 END
    FROM changed c WHERE i.id = c.incident_id
  )
  SELECT c.incident_id, c.is_quiet,
    CASE WHEN NOT c.is_quiet THEN 'Nothing keeps it silent any more.'
      WHEN s.id IS NOT NULL THEN 'Silenced: ' || s.comment
      ELSE 'Nobody is called for it: it follows from another alert.' END,
    jsonb_strip_nulls(jsonb_build_object('silenceId', c.silence_id, 'alertId', c.inhibited_by))
  FROM changed c LEFT JOIN control.silence s ON s.id = c.silence_id
  WHERE c.was_quiet <> c.is_quiet;
END $$;


--
-- Name: raise_row_version(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.raise_row_version() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  NEW.row_version := OLD.row_version + 1;
  RETURN NEW;
END $$;


--
-- Name: rate_quotas(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.rate_quotas() RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  UPDATE control.usage u SET quota_ratio = r.ratio
  FROM (
    SELECT w.tenant_id, round(max(CASE WHEN q."limit" > 0 THEN w.used::numeric / q."limit"
      WHEN w.used IS NOT NULL AND q."limit" = 0 THEN 1 END), 3)::float8 AS ratio
    FROM control.usage g
    CROSS JOIN LATERAL (VALUES
      (g.tenant_id, 'storage_bytes', g.bytes), (g.tenant_id, 'relations', g.relations),
      (g.tenant_id, 'connections', g.connections::bigint)) w (tenant_id, resource, used)
    LEFT JOIN control.effective_quota q ON q.tenant_id = w.tenant_id AND q.resource = w.resource
    GROUP BY w.tenant_id
  ) r
  WHERE r.tenant_id = u.tenant_id AND u.quota_ratio IS DISTINCT FROM r.ratio
$$;


--
-- Name: record_metrics(jsonb, timestamp with time zone); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.record_metrics(p_samples jsonb, p_at timestamp with time zone DEFAULT clock_timestamp()) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  PERFORM control.keep_partition('metric_sample', 'day', p_at);
  INSERT INTO control.metric_sample (metric, cluster_id, at, value)
    SELECT s.metric, s.cluster_id, p_at, s.value
    FROM jsonb_to_recordset(p_samples) s (metric text, cluster_id text, value double precision)
    WHERE s.value IS NOT NULL;
END $$;


--
-- Name: record_usage(text, jsonb); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.record_usage(p_cluster text, p_rows jsonb) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  v_at timestamptz := clock_timestamp();
  v_written bigint;
BEGIN
  PERFORM control.keep_partition('usage_sample', 'day', v_at);
  WITH measured AS (
    SELECT r.* FROM jsonb_populate_recordset(NULL::control.usage, p_rows) r
    JOIN control.tenant t ON t.id = r.tenant_id AND t.cluster_id = p_cluster
      AND t.state IN ('active', 'suspended', 'archived')
  ), kept AS (
    INSERT INTO control.usage (tenant_id, cluster_id, bytes, table_bytes, index_bytes, toast_bytes, relations, rows,
      dead_rows, connections, oldest_transaction_seconds, cache_hit_ratio, rows_written, transactions, temp_bytes, calls,
      statement_seconds, signature, sized_at, seen_at, sampled_at, absent_since)
    SELECT m.tenant_id, p_cluster, m.bytes, m.table_bytes, m.index_bytes, m.toast_bytes, m.relations, m.rows,
      m.dead_rows, m.connections, m.oldest_transaction_seconds, m.cache_hit_ratio, m.rows_written, m.transactions,
      m.temp_bytes, m.calls, m.statement_seconds, m.signature, m.sized_at, v_at, v_at, NULL
    FROM measured m
    -- The quota's monitor writes its own column.
    ON CONFLICT (tenant_id) DO UPDATE SET cluster_id = excluded.cluster_id, bytes = excluded.bytes,
      table_bytes = excluded.table_bytes, index_bytes = excluded.index_bytes, toast_bytes = excluded.toast_bytes,
      relations = excluded.relations, rows = excluded.rows, dead_rows = excluded.dead_rows,
      connections = excluded.connections, oldest_transaction_seconds = excluded.oldest_transaction_seconds,
      cache_hit_ratio = excluded.cache_hit_ratio, rows_written = excluded.rows_written,
      transactions = excluded.transactions, temp_bytes = excluded.temp_bytes, calls = excluded.calls,
      statement_seconds = excluded.statement_seconds, signature = excluded.signature, sized_at = excluded.sized_at,
      seen_at = excluded.seen_at, sampled_at = excluded.sampled_at, absent_since = NULL
    RETURNING *
  ), sampled AS (
    INSERT INTO control.usage_sample (tenant_id, at, bytes, table_bytes, index_bytes, toast_bytes, relations, rows,
      dead_rows, connections, oldest_transaction_seconds, cache_hit_ratio, rows_written, transactions, temp_bytes, calls,
      statement_seconds, quota_ratio)
    SELECT k.tenant_id, v_at, k.bytes, k.table_bytes, k.index_bytes, k.toast_bytes, k.relations, k.rows, k.dead_rows,
      k.connections, k.oldest_transaction_seconds, k.cache_hit_ratio, k.rows_written, k.transactions, k.temp_bytes, k.calls,
      k.statement_seconds, k.quota_ratio
    FROM kept k
  )
  SELECT count(*) INTO v_written FROM kept;
  RETURN v_written;
END $$;


--
-- Name: refuse_audit_change(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.refuse_audit_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is insert-only: % refused', TG_OP USING ERRCODE = 'TC002';
END $$;


--
-- Name: refuse_busy_tenant(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.refuse_busy_tenant() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  v_wanted text[] := array_remove(ARRAY[NEW.tenant_id, NEW.source_id], NULL);
  v_busy text;
BEGIN
  IF v_wanted = '{}' THEN
    RETURN NEW;
  END IF;
  PERFORM FROM control.tenant WHERE id = ANY (v_wanted) ORDER BY id FOR UPDATE;
  SELECT id INTO v_busy FROM control.operation
  WHERE state NOT IN ('succeeded', 'failed', 'cancelled') AND (tenant_id = ANY (v_wanted) OR source_id = ANY (v_wanted))
  LIMIT 1;
  IF v_busy IS NOT NULL THEN
    RAISE EXCEPTION 'operation % is at work on this tenant', v_busy USING ERRCODE = 'TC002', DETAIL = v_busy;
  END IF;
  RETURN NEW;
END $$;


--
-- Name: refuse_detached_cluster(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.refuse_detached_cluster() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  v_cluster control.cluster;
BEGIN
  SELECT * INTO v_cluster FROM control.cluster WHERE id = NEW.cluster_id FOR KEY SHARE;
  IF v_cluster.state = 'detached' THEN
    RAISE EXCEPTION 'cluster % is detached', v_cluster.name USING ERRCODE = 'TC003';
  END IF;
  RETURN NEW;
END $$;


--
-- Name: relay_events(integer); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.relay_events(p_most integer DEFAULT 2000) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  v_last bigint;
  v_moved bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM control.event_outbox) THEN
    RETURN NULL;
  END IF;
  IF NOT pg_try_advisory_xact_lock(hashtext('tenantry.relay')) THEN
    RETURN NULL;
  END IF;
  SELECT coalesce(max(seq), 0) INTO v_last FROM control.event;
  WITH taken AS (
    DELETE FROM control.event_outbox o
    WHERE o.id IN (SELECT id FROM control.event_outbox ORDER BY id LIMIT p_most)
    RETURNING *
  )
  INSERT INTO control.event (seq, topics, kind, entity_id, version, patch, at)
  SELECT v_last + row_number() OVER (ORDER BY id), topics, kind, entity_id, version, patch, at FROM taken;
  GET DIAGNOSTICS v_moved = ROW_COUNT;
  IF v_moved = 0 THEN
    RETURN NULL;
  END IF;
  -- The only NOTIFY of the control plane: it takes a lock at commit that business transactions must not wait for.
  PERFORM pg_notify('tenantry_event', (v_last + v_moved)::text);
  RETURN v_last + v_moved;
END $$;


--
-- Name: roll_up_samples(timestamp with time zone, integer); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.roll_up_samples(p_now timestamp with time zone DEFAULT clock_timestamp(), p_most integer DEFAULT 48) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
DECLARE
  v_over timestamptz := date_trunc('hour', p_now - interval '2 minutes');
  v_from timestamptz;
  v_to timestamptz;
  v_hours_until timestamptz;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('tenantry.roll_up_samples')) THEN
    RETURN true;
  END IF;
  v_from := coalesce((SELECT until FROM control.sampling WHERE name = 'hours'), date_trunc('hour', least(
    (SELECT min(at) FROM control.metric_sample), (SELECT min(at) FROM control.usage_sample))));
  IF v_from IS NULL THEN
    RETURN true;
  END IF;
  v_hours_until := greatest(v_from, least(v_over, v_from + make_interval(hours => p_most)));
  IF v_from < v_hours_until THEN
    FOR v_to IN SELECT generate_series(date_trunc('month', v_from), v_hours_until, interval '1 month') LOOP
      PERFORM control.keep_partition('metric_hour', 'month', v_to), control.keep_partition('usage_hour', 'month', v_to);
    END LOOP;
    INSERT INTO control.metric_hour (metric, cluster_id, at, value, lowest, highest, average)
      SELECT s.metric, s.cluster_id, date_trunc('hour', s.at), (array_agg(s.value ORDER BY s.at DESC))[1],
        min(s.value), max(s.value), avg(s.value)
      FROM control.metric_sample s WHERE s.at >= v_from AND s.at < v_hours_until GROUP BY 1, 2, 3;
    PERFORM control.roll_up_usage('usage_sample', 'usage_hour', 'hour', v_from, v_hours_until);
    INSERT INTO control.sampling (name, until) VALUES ('hours', v_hours_until)
      ON CONFLICT (name) DO UPDATE SET until = excluded.until;
  END IF;

  v_from := coalesce((SELECT until FROM control.sampling WHERE name = 'days'), date_trunc('day', least(
    (SELECT min(at) FROM control.metric_hour), (SELECT min(at) FROM control.usage_hour))));
  v_to := date_trunc('day', v_hours_until);
  IF v_from < v_to THEN
    PERFORM control.keep_partition(t, 'year', y)
      FROM unnest(ARRAY['metric_day', 'usage_day']) t, unnest(ARRAY[v_from, v_to - interval '1 hour']) y;
    INSERT INTO control.metric_day (metric, cluster_id, at, value, lowest, highest, average)
      SELECT h.metric, h.cluster_id, date_trunc('day', h.at), (array_agg(h.value ORDER BY h.at DESC))[1],
        min(h.lowest), max(h.highest), avg(h.average)
      FROM control.metric_hour h WHERE h.at >= v_from AND h.at < v_to GROUP BY 1, 2, 3;
    PERFORM control.roll_up_usage('usage_hour', 'usage_day', 'day', v_from, v_to);
    INSERT INTO control.sampling (name, until) VALUES ('days', v_to)
      ON CONFLICT (name) DO UPDATE SET until = excluded.until;
  END IF;
  RETURN v_hours_until >= v_over;
END $$;


--
-- Name: roll_up_usage(text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.roll_up_usage(p_source text, p_target text, p_unit text, p_from timestamp with time zone, p_to timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $_$
BEGIN
  EXECUTE format($sql$
    INSERT INTO control.%1$I (tenant_id, at, bytes, table_bytes, index_bytes, toast_bytes, relations, rows, dead_rows,
      connections, oldest_transaction_seconds, cache_hit_ratio, rows_written, transactions, temp_bytes, calls,
      statement_seconds, quota_ratio)
    SELECT DISTINCT ON (s.tenant_id, date_trunc(%2$L, s.at)) s.tenant_id, date_trunc(%2$L, s.at), s.bytes, s.table_bytes,
      s.index_bytes, s.toast_bytes, s.relations, s.rows, max(s.dead_rows) OVER w, max(s.connections) OVER w,
      max(s.oldest_transaction_seconds) OVER w, s.cache_hit_ratio, s.rows_written, s.transactions, s.temp_bytes, s.calls,
      s.statement_seconds, max(s.quota_ratio) OVER w
    FROM control.%3$I s WHERE s.at >= %4$L AND s.at < %5$L
    WINDOW w AS (PARTITION BY s.tenant_id, date_trunc(%2$L, s.at))
    ORDER BY s.tenant_id, date_trunc(%2$L, s.at), s.at DESC$sql$, p_target, p_unit, p_source, p_from, p_to);
END $_$;


--
-- Name: verify_audit(text); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.verify_audit(p_chain text DEFAULT NULL::text) RETURNS TABLE(chain text, seq bigint, fault text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  WITH link AS (
    SELECT a.chain, a.seq, a.prev_hash, a.hash, control.audit_digest(a) AS digest,
      lag(a.seq, 1, 0::bigint) OVER w AS prev_seq, lag(a.hash, 1, ''::bytea) OVER w AS expected
    FROM control.audit a WHERE p_chain IS NULL OR a.chain = p_chain
    WINDOW w AS (PARTITION BY a.chain ORDER BY a.seq)
  ), broken AS (
    SELECT l.chain, l.seq, CASE
      WHEN l.seq <> l.prev_seq + 1 THEN 'rows are missing before it'
      WHEN l.prev_hash <> l.expected THEN 'it does not continue the row before it'
      ELSE 'its words were changed' END AS fault
    FROM link l WHERE l.seq <> l.prev_seq + 1 OR l.prev_hash <> l.expected OR l.hash <> l.digest
    UNION ALL
    SELECT h.chain, h.seq, 'the end of the chain is missing'
    FROM control.audit_head h
    LEFT JOIN LATERAL (
      SELECT a.seq, a.hash FROM control.audit a WHERE a.chain = h.chain ORDER BY a.seq DESC LIMIT 1) l ON true
    WHERE (p_chain IS NULL OR h.chain = p_chain) AND (l.seq IS DISTINCT FROM h.seq OR l.hash IS DISTINCT FROM h.hash)
  )
  SELECT DISTINCT ON (b.chain) b.chain, b.seq, b.fault FROM broken b ORDER BY b.chain, b.seq
$$;


--
-- Name: want_enforcement(); Type: FUNCTION; Schema: control; Owner: -
--

CREATE FUNCTION control.want_enforcement() RETURNS integer
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  WITH wish AS (
    SELECT t.id AS tenant_id, jsonb_strip_nulls(jsonb_build_object(
      'blocked', (SELECT true FROM control.quota_state s
        WHERE s.tenant_id = t.id AND s.resource = 'storage_bytes' AND s.level = 'blocked'),
      'relations', max(q."limit") FILTER (WHERE q.resource = 'relations'),
      'connections', max(q."limit") FILTER (WHERE q.resource = 'connections'),
      'tempBytes', max(q."limit") FILTER (WHERE q.resource = 'temp_bytes'))) AS wanted
    FROM control.tenant t LEFT JOIN control.effective_quota q ON q.tenant_id = t.id
    WHERE t.state IN ('active', 'suspended')
    GROUP BY t.id
  ),
  written AS (
    INSERT INTO control.enforcement AS e (tenant_id, wanted)
    SELECT w.tenant_id, w.wanted FROM wish w
    WHERE NOT EXISTS (SELECT FROM control.enforcement k WHERE k.tenant_id = w.tenant_id AND k.wanted = w.wanted)
      AND (w.wanted <> '{}' OR EXISTS (SELECT FROM control.enforcement k WHERE k.tenant_id = w.tenant_id))
    ORDER BY w.tenant_id
    ON CONFLICT (tenant_id) DO UPDATE SET wanted = excluded.wanted, revision = e.revision + 1, retry_at = NULL
      WHERE e.wanted <> excluded.wanted
    RETURNING 1
  )
  SELECT count(*)::integer FROM written
$$;


--
-- Name: adoptable; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.adoptable (
    cluster_id text NOT NULL,
    schemas jsonb NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: alert; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.alert (
    id text NOT NULL,
    rule_id text,
    incident_id text,
    fingerprint text NOT NULL,
    state text NOT NULL,
    tenant_id text,
    cluster_id text,
    labels jsonb DEFAULT '{}'::jsonb NOT NULL,
    value double precision,
    silence_id text,
    inhibited_by text,
    pending_at timestamp with time zone NOT NULL,
    fired_at timestamp with time zone,
    clear_at timestamp with time zone,
    resolved_at timestamp with time zone,
    CONSTRAINT alert_firing_belongs_to_an_incident CHECK (((state <> 'firing'::text) OR (incident_id IS NOT NULL))),
    CONSTRAINT alert_resolved_iff_over CHECK (((state = 'resolved'::text) = (resolved_at IS NOT NULL))),
    CONSTRAINT alert_state_is_known CHECK ((state = ANY (ARRAY['pending'::text, 'firing'::text, 'resolved'::text])))
);


--
-- Name: alert_evaluator; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.alert_evaluator (
    id integer NOT NULL,
    fence bigint DEFAULT 0 NOT NULL,
    holder text,
    lease_until timestamp with time zone,
    evaluated_at timestamp with time zone,
    took_ms integer,
    CONSTRAINT alert_evaluator_is_one CHECK ((id = 1))
);


--
-- Name: alert_rule; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.alert_rule (
    id text NOT NULL,
    builtin text,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    condition jsonb NOT NULL,
    scope jsonb NOT NULL,
    for_seconds integer DEFAULT 0 NOT NULL,
    keep_firing_seconds integer DEFAULT 60 NOT NULL,
    severity text NOT NULL,
    group_by text DEFAULT 'rule'::text NOT NULL,
    action text DEFAULT ''::text NOT NULL,
    runbook_url text DEFAULT ''::text NOT NULL,
    policy_id text,
    enabled boolean DEFAULT true NOT NULL,
    fault text,
    evaluated_at timestamp with time zone,
    row_version bigint DEFAULT 1 NOT NULL,
    changed_by text,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    removed_at timestamp with time zone,
    CONSTRAINT alert_rule_builtin_stays CHECK (((builtin IS NULL) OR (removed_at IS NULL))),
    CONSTRAINT alert_rule_grouping_is_known CHECK ((group_by = ANY (ARRAY['rule'::text, 'cluster'::text, 'subject'::text]))),
    CONSTRAINT alert_rule_severity_is_known CHECK ((severity = ANY (ARRAY['critical'::text, 'warning'::text, 'info'::text])))
);


--
-- Name: alert_source; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.alert_source (
    id text NOT NULL,
    name text NOT NULL,
    token_hash text NOT NULL,
    policy_id text,
    seen_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    removed_at timestamp with time zone
);


--
-- Name: audit_head; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.audit_head (
    chain text NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL
);


--
-- Name: bulk; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.bulk (
    id text NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'running'::text NOT NULL,
    filter jsonb,
    input jsonb DEFAULT '{}'::jsonb NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    total integer NOT NULL,
    "window" integer NOT NULL,
    pause_reason text,
    outcome jsonb,
    requested_by text NOT NULL,
    request_id text,
    idempotency_key text NOT NULL,
    request_hash text NOT NULL,
    retry_of text,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT bulk_finished_iff_final CHECK (((finished_at IS NOT NULL) = (state = ANY (ARRAY['finished'::text, 'cancelled'::text])))),
    CONSTRAINT bulk_has_items CHECK ((total > 0)),
    CONSTRAINT bulk_outcome_iff_final CHECK (((outcome IS NOT NULL) = (finished_at IS NOT NULL))),
    CONSTRAINT bulk_pause_has_reason_only_while_paused CHECK (((pause_reason IS NULL) OR (state = 'paused'::text))),
    CONSTRAINT bulk_window_is_bounded CHECK ((("window" >= 1) AND ("window" <= 500)))
);


--
-- Name: bulk_item; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.bulk_item (
    bulk_id text NOT NULL,
    ordinal integer NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    tenant_id text,
    input jsonb DEFAULT '{}'::jsonb NOT NULL,
    operation_id text,
    retry_of text,
    refusal jsonb,
    is_wrong_row boolean DEFAULT false NOT NULL,
    tries smallint DEFAULT 0 NOT NULL,
    due_at timestamp with time zone,
    CONSTRAINT bulk_item_refused_iff_refusal CHECK (((state = 'refused'::text) = (refusal IS NOT NULL))),
    CONSTRAINT bulk_item_requested_iff_operation CHECK (((state = 'requested'::text) = (operation_id IS NOT NULL))),
    CONSTRAINT bulk_item_wrong_row_is_refused CHECK (((NOT is_wrong_row) OR (state = 'refused'::text)))
);


--
-- Name: channel; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.channel (
    id text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    config jsonb NOT NULL,
    secret text,
    enabled boolean DEFAULT true NOT NULL,
    fault text,
    failing_since timestamp with time zone,
    last_delivered_at timestamp with time zone,
    kept_at timestamp with time zone,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    removed_at timestamp with time zone
);


--
-- Name: cluster; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.cluster (
    id text NOT NULL,
    name text NOT NULL,
    state text DEFAULT 'active'::text NOT NULL,
    state_reason text,
    labels jsonb DEFAULT '{}'::jsonb NOT NULL,
    limits jsonb DEFAULT '{}'::jsonb NOT NULL,
    admin_url text NOT NULL,
    worker_url text NOT NULL,
    endpoint jsonb DEFAULT '{"host": "", "port": 5432, "database": ""}'::jsonb NOT NULL,
    system_identifier text,
    database_oid bigint,
    installation_id text,
    max_concurrency integer DEFAULT 4 NOT NULL,
    reachable boolean DEFAULT true NOT NULL,
    server_version text,
    capacity jsonb,
    checked_at timestamp with time zone,
    fault text,
    checks jsonb DEFAULT '[]'::jsonb NOT NULL,
    checks_at timestamp with time zone,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cluster_concurrency_is_positive CHECK (((max_concurrency >= 1) AND (max_concurrency <= 64))),
    CONSTRAINT cluster_detached_keeps_no_secrets CHECK (((state <> 'detached'::text) OR ((admin_url = ''::text) AND (worker_url = ''::text)))),
    CONSTRAINT cluster_state_is_known CHECK ((state = ANY (ARRAY['active'::text, 'cordoned'::text, 'detached'::text])))
);


--
-- Name: delivery; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.delivery (
    id text NOT NULL,
    notification_id text NOT NULL,
    attempt integer NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    took_ms integer,
    status integer,
    answer text,
    fault text
);


--
-- Name: quota; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.quota (
    tenant_id text,
    plan_id text,
    resource text NOT NULL,
    "limit" bigint NOT NULL,
    grace_seconds integer DEFAULT 0 NOT NULL,
    until timestamp with time zone,
    reason text,
    set_by text NOT NULL,
    set_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT quota_grace_is_at_most_90_days CHECK (((grace_seconds >= 0) AND (grace_seconds <= 7776000))),
    CONSTRAINT quota_has_one_holder CHECK ((num_nonnulls(tenant_id, plan_id) <= 1)),
    CONSTRAINT quota_limit_is_not_negative CHECK (("limit" >= 0)),
    CONSTRAINT quota_resource_is_known CHECK ((resource = ANY (ARRAY['storage_bytes'::text, 'relations'::text, 'connections'::text, 'temp_bytes'::text, 'statement_seconds'::text]))),
    CONSTRAINT quota_with_an_end_is_of_a_tenant CHECK (((until IS NULL) OR (tenant_id IS NOT NULL)))
);


--
-- Name: tenant; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.tenant (
    id text NOT NULL,
    slug text NOT NULL,
    display_name text NOT NULL,
    labels jsonb DEFAULT '{}'::jsonb NOT NULL,
    notes text DEFAULT ''::text NOT NULL,
    state text DEFAULT 'provisioning'::text NOT NULL,
    cluster_id text NOT NULL,
    placement_reason text NOT NULL,
    schema_name text NOT NULL,
    template_id text NOT NULL,
    template_version integer NOT NULL,
    plan_id text,
    fingerprint text,
    owner_id text NOT NULL,
    fence bigint DEFAULT 0 NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    activated_at timestamp with time zone,
    archived_at timestamp with time zone,
    kept_until timestamp with time zone,
    CONSTRAINT tenant_active_has_fingerprint CHECK (((state <> 'active'::text) OR (fingerprint IS NOT NULL))),
    CONSTRAINT tenant_archived_has_window CHECK (((state = 'archived'::text) <= ((archived_at IS NOT NULL) AND (kept_until IS NOT NULL)))),
    CONSTRAINT tenant_schema_follows_name_rule CHECK ((schema_name ~ '^t_[a-z][a-z0-9_]{0,58}$'::text)),
    CONSTRAINT tenant_slug_is_well_formed CHECK (((slug ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'::text) AND (length(slug) <= 48)))
);


--
-- Name: effective_quota; Type: VIEW; Schema: control; Owner: -
--

CREATE VIEW control.effective_quota AS
 SELECT t.id AS tenant_id,
    r.resource,
    COALESCE(o."limit", p."limit", f."limit") AS "limit",
        CASE
            WHEN (o."limit" IS NOT NULL) THEN o.grace_seconds
            WHEN (p."limit" IS NOT NULL) THEN p.grace_seconds
            ELSE f.grace_seconds
        END AS grace_seconds,
        CASE
            WHEN (o."limit" IS NOT NULL) THEN 'tenant'::text
            WHEN (p."limit" IS NOT NULL) THEN 'plan'::text
            ELSE 'fleet'::text
        END AS source
   FROM ((((control.tenant t
     CROSS JOIN unnest(ARRAY['storage_bytes'::text, 'relations'::text, 'connections'::text, 'temp_bytes'::text, 'statement_seconds'::text]) r(resource))
     LEFT JOIN control.quota o ON (((o.tenant_id = t.id) AND (o.resource = r.resource) AND ((o.until IS NULL) OR (o.until > clock_timestamp())))))
     LEFT JOIN control.quota p ON (((p.plan_id = t.plan_id) AND (p.resource = r.resource))))
     LEFT JOIN control.quota f ON (((f.tenant_id IS NULL) AND (f.plan_id IS NULL) AND (f.resource = r.resource))))
  WHERE ((t.state <> ALL (ARRAY['discarded'::text, 'purged'::text])) AND (COALESCE(o."limit", p."limit", f."limit") IS NOT NULL));


--
-- Name: enforcement; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.enforcement (
    tenant_id text NOT NULL,
    wanted jsonb NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    told_revision bigint,
    told_cluster_id text,
    told_at timestamp with time zone,
    unheld jsonb DEFAULT '[]'::jsonb NOT NULL,
    leaks jsonb DEFAULT '[]'::jsonb NOT NULL,
    fault text,
    retry_at timestamp with time zone
);


--
-- Name: escalation; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.escalation (
    incident_id text NOT NULL,
    policy_id text NOT NULL,
    step integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone
);


--
-- Name: escalation_policy; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.escalation_policy (
    id text CONSTRAINT escalation_policy_id_not_null1 NOT NULL,
    name text NOT NULL,
    steps jsonb NOT NULL,
    repeat integer DEFAULT 0 NOT NULL,
    is_default boolean DEFAULT false NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    removed_at timestamp with time zone,
    CONSTRAINT escalation_policy_default_stays CHECK (((NOT is_default) OR (removed_at IS NULL)))
);


--
-- Name: event; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.event (
    seq bigint NOT NULL,
    topics text[] NOT NULL,
    kind text NOT NULL,
    entity_id text NOT NULL,
    version bigint NOT NULL,
    patch jsonb NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: event_outbox; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.event_outbox (
    id bigint NOT NULL,
    topics text[] NOT NULL,
    kind text NOT NULL,
    entity_id text NOT NULL,
    version bigint NOT NULL,
    patch jsonb NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: event_outbox_id_seq; Type: SEQUENCE; Schema: control; Owner: -
--

ALTER TABLE control.event_outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME control.event_outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: finding; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.finding (
    id text NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    cluster_id text NOT NULL,
    tenant_id text,
    subject text NOT NULL,
    detail jsonb DEFAULT '{"cluster": {}, "registry": {}}'::jsonb NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    first_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    resolved_at timestamp with time zone,
    ignored_by text,
    ignored_because text,
    CONSTRAINT finding_ignored_iff_somebody_said_why CHECK (((state = 'ignored'::text) <= ((ignored_by IS NOT NULL) AND (ignored_because IS NOT NULL)))),
    CONSTRAINT finding_resolved_iff_over CHECK (((state = 'resolved'::text) = (resolved_at IS NOT NULL))),
    CONSTRAINT finding_state_is_known CHECK ((state = ANY (ARRAY['open'::text, 'ignored'::text, 'resolved'::text])))
);


--
-- Name: fleet_sample; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.fleet_sample (
    at timestamp with time zone NOT NULL,
    queued integer NOT NULL,
    running integer NOT NULL,
    waiting integer NOT NULL,
    oldest_queued real NOT NULL
);


--
-- Name: incident; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.incident (
    id text NOT NULL,
    rule_id text,
    group_key text NOT NULL,
    state text DEFAULT 'firing'::text NOT NULL,
    severity text NOT NULL,
    title text NOT NULL,
    action text DEFAULT ''::text NOT NULL,
    runbook_url text DEFAULT ''::text NOT NULL,
    cluster_id text,
    source text,
    firing bigint DEFAULT 0 NOT NULL,
    total bigint DEFAULT 0 NOT NULL,
    silenced bigint DEFAULT 0 NOT NULL,
    acknowledged_by text,
    acknowledged_at timestamp with time zone,
    acknowledged_until timestamp with time zone,
    epoch bigint DEFAULT 1 NOT NULL,
    announced_epoch bigint DEFAULT 0 NOT NULL,
    raised_at timestamp with time zone DEFAULT now() NOT NULL,
    raised_firing bigint DEFAULT 0 NOT NULL,
    refired integer DEFAULT 0 NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    resolved_at timestamp with time zone,
    CONSTRAINT incident_acknowledged_by_somebody_for_a_time CHECK (((state <> 'acknowledged'::text) OR ((acknowledged_by IS NOT NULL) AND (acknowledged_until IS NOT NULL)))),
    CONSTRAINT incident_resolved_iff_over CHECK (((state = 'resolved'::text) = (resolved_at IS NOT NULL))),
    CONSTRAINT incident_state_is_known CHECK ((state = ANY (ARRAY['firing'::text, 'acknowledged'::text, 'resolved'::text])))
);


--
-- Name: incident_event; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.incident_event (
    id text NOT NULL,
    incident_id text NOT NULL,
    kind text NOT NULL,
    user_id text,
    text text DEFAULT ''::text NOT NULL,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: machine_state; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.machine_state (
    noun text NOT NULL,
    state text NOT NULL,
    initial boolean NOT NULL,
    final boolean NOT NULL,
    description text NOT NULL
);


--
-- Name: machine_transition; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.machine_transition (
    noun text NOT NULL,
    "from" text NOT NULL,
    "to" text NOT NULL,
    cause text NOT NULL
);


--
-- Name: metric_day; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.metric_day (
    metric text CONSTRAINT metric_hour_metric_not_null NOT NULL,
    cluster_id text,
    at timestamp with time zone CONSTRAINT metric_hour_at_not_null NOT NULL,
    value double precision CONSTRAINT metric_hour_value_not_null NOT NULL,
    lowest double precision CONSTRAINT metric_hour_lowest_not_null NOT NULL,
    highest double precision CONSTRAINT metric_hour_highest_not_null NOT NULL,
    average double precision CONSTRAINT metric_hour_average_not_null NOT NULL
)
PARTITION BY RANGE (at);


--
-- Name: metric_hour; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.metric_hour (
    metric text NOT NULL,
    cluster_id text,
    at timestamp with time zone NOT NULL,
    value double precision NOT NULL,
    lowest double precision NOT NULL,
    highest double precision NOT NULL,
    average double precision NOT NULL
)
PARTITION BY RANGE (at);


--
-- Name: metric_sample; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.metric_sample (
    metric text NOT NULL,
    cluster_id text,
    at timestamp with time zone NOT NULL,
    value double precision NOT NULL
)
PARTITION BY RANGE (at);


--
-- Name: migration; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.migration (
    template_id text NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    sql text NOT NULL,
    checksum text NOT NULL,
    published_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: notification; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.notification (
    id text NOT NULL,
    incident_id text,
    channel_id text NOT NULL,
    user_id text,
    epoch bigint NOT NULL,
    event text NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    message jsonb NOT NULL,
    thread jsonb DEFAULT '{}'::jsonb NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    holder text,
    fault text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT notification_ended_iff_over CHECK (((state = 'queued'::text) = (ended_at IS NULL))),
    CONSTRAINT notification_state_is_known CHECK ((state = ANY (ARRAY['queued'::text, 'delivered'::text, 'failed'::text, 'superseded'::text])))
);


--
-- Name: operation_log; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.operation_log (
    operation_id text NOT NULL,
    line bigint NOT NULL,
    attempt integer NOT NULL,
    at timestamp with time zone NOT NULL,
    level text NOT NULL,
    step text,
    message text NOT NULL,
    data jsonb
);


--
-- Name: operation_step; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.operation_step (
    operation_id text NOT NULL,
    attempt integer NOT NULL,
    direction text DEFAULT 'up'::text NOT NULL,
    ordinal smallint NOT NULL,
    name text NOT NULL,
    state text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    result jsonb,
    error jsonb,
    resources jsonb,
    CONSTRAINT operation_step_finished_iff_not_running CHECK (((finished_at IS NULL) = (state = 'running'::text)))
);


--
-- Name: plan; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.plan (
    id text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: pool_policy; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.pool_policy (
    template_id text NOT NULL,
    cluster_id text,
    size smallint NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT pool_size_is_bounded CHECK (((size >= 0) AND (size <= 500)))
);


--
-- Name: quota_state; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.quota_state (
    tenant_id text NOT NULL,
    resource text NOT NULL,
    level text DEFAULT 'ok'::text NOT NULL,
    used bigint NOT NULL,
    "limit" bigint NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    grace_until timestamp with time zone,
    enforced_at timestamp with time zone,
    fault text,
    row_version bigint DEFAULT 1 NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT quota_exceeded_iff_it_has_grace CHECK (((level = 'exceeded'::text) = (grace_until IS NOT NULL))),
    CONSTRAINT quota_level_is_known CHECK ((level = ANY (ARRAY['ok'::text, 'warned'::text, 'critical'::text, 'exceeded'::text, 'blocked'::text])))
);


--
-- Name: rate_limit; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.rate_limit (
    key text NOT NULL,
    points integer DEFAULT 0 NOT NULL,
    expire bigint
);


--
-- Name: reconciliation; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.reconciliation (
    cluster_id text NOT NULL,
    run bigint DEFAULT 0 NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    compared_at timestamp with time zone,
    took_ms integer,
    compared integer,
    busy integer,
    fault text,
    requested_at timestamp with time zone
);


--
-- Name: sampling; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.sampling (
    name text NOT NULL,
    until timestamp with time zone,
    state jsonb DEFAULT '{}'::jsonb NOT NULL
);


--
-- Name: schedule; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.schedule (
    id text NOT NULL,
    name text NOT NULL,
    time_zone text NOT NULL,
    layers jsonb NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    removed_at timestamp with time zone
);


--
-- Name: schedule_override; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.schedule_override (
    id text NOT NULL,
    schedule_id text NOT NULL,
    user_id text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT override_ends_after_it_begins CHECK ((ends_at > starts_at))
);


--
-- Name: session; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.session (
    id text NOT NULL,
    user_id text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone DEFAULT now() NOT NULL,
    address text,
    user_agent text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: setting; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.setting (
    key text NOT NULL,
    value jsonb NOT NULL,
    updated_by text,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: silence; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.silence (
    id text NOT NULL,
    kind text NOT NULL,
    matchers jsonb NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    comment text NOT NULL,
    created_by text NOT NULL,
    idempotency_key text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT silence_ends_after_it_begins CHECK ((ends_at >= starts_at)),
    CONSTRAINT silence_is_not_for_ever CHECK ((ends_at <= (starts_at + '31 days'::interval))),
    CONSTRAINT silence_kind_is_known CHECK ((kind = ANY (ARRAY['silence'::text, 'maintenance'::text])))
);


--
-- Name: spare; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.spare (
    id text NOT NULL,
    origin text NOT NULL,
    state text DEFAULT 'building'::text NOT NULL,
    cluster_id text NOT NULL,
    schema_name text NOT NULL,
    template_id text,
    template_version integer,
    fingerprint text,
    fence bigint DEFAULT 0 NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    ready_at timestamp with time zone,
    CONSTRAINT spare_of_the_pool_has_a_template CHECK (((origin <> 'pool'::text) OR (template_version IS NOT NULL))),
    CONSTRAINT spare_ready_has_fingerprint CHECK (((state <> 'ready'::text) OR (fingerprint IS NOT NULL)))
);


--
-- Name: template; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.template (
    id text NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: template_version; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.template_version (
    template_id text NOT NULL,
    version integer NOT NULL,
    state text DEFAULT 'building'::text NOT NULL,
    snapshot text,
    placeholders jsonb,
    method text,
    fingerprint text,
    seed text DEFAULT ''::text NOT NULL,
    statements integer,
    relations integer,
    error jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    built_at timestamp with time zone,
    CONSTRAINT template_version_ready_iff_fingerprinted CHECK (((state = 'ready'::text) = ((snapshot IS NOT NULL) AND (placeholders IS NOT NULL) AND (fingerprint IS NOT NULL)))),
    CONSTRAINT template_version_state_is_known CHECK ((state = ANY (ARRAY['building'::text, 'ready'::text, 'failed'::text])))
);


--
-- Name: usage; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.usage (
    tenant_id text NOT NULL,
    bytes bigint,
    table_bytes bigint,
    index_bytes bigint,
    toast_bytes bigint,
    relations bigint,
    rows bigint,
    dead_rows bigint,
    connections integer,
    oldest_transaction_seconds double precision,
    cache_hit_ratio double precision,
    rows_written bigint,
    transactions bigint,
    temp_bytes bigint,
    calls bigint,
    statement_seconds double precision,
    quota_ratio double precision,
    cluster_id text,
    signature jsonb DEFAULT '{}'::jsonb NOT NULL,
    sized_at timestamp with time zone,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    sampled_at timestamp with time zone,
    absent_since timestamp with time zone
);


--
-- Name: usage_collection; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.usage_collection (
    cluster_id text NOT NULL,
    run bigint DEFAULT 0 NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    collected_at timestamp with time zone,
    took_ms integer,
    tenants integer,
    changed integer,
    sized integer,
    locked integer,
    swept_at timestamp with time zone,
    source jsonb DEFAULT '{}'::jsonb NOT NULL,
    fault text
);


--
-- Name: usage_day; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.usage_day (
    tenant_id text CONSTRAINT usage_sample_tenant_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT usage_sample_at_not_null NOT NULL,
    bytes bigint,
    table_bytes bigint,
    index_bytes bigint,
    toast_bytes bigint,
    relations bigint,
    rows bigint,
    dead_rows bigint,
    connections integer,
    oldest_transaction_seconds double precision,
    cache_hit_ratio double precision,
    rows_written bigint,
    transactions bigint,
    temp_bytes bigint,
    calls bigint,
    statement_seconds double precision,
    quota_ratio double precision
)
PARTITION BY RANGE (at);


--
-- Name: usage_hour; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.usage_hour (
    tenant_id text CONSTRAINT usage_sample_tenant_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT usage_sample_at_not_null NOT NULL,
    bytes bigint,
    table_bytes bigint,
    index_bytes bigint,
    toast_bytes bigint,
    relations bigint,
    rows bigint,
    dead_rows bigint,
    connections integer,
    oldest_transaction_seconds double precision,
    cache_hit_ratio double precision,
    rows_written bigint,
    transactions bigint,
    temp_bytes bigint,
    calls bigint,
    statement_seconds double precision,
    quota_ratio double precision
)
PARTITION BY RANGE (at);


--
-- Name: usage_sample; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.usage_sample (
    tenant_id text NOT NULL,
    at timestamp with time zone NOT NULL,
    bytes bigint,
    table_bytes bigint,
    index_bytes bigint,
    toast_bytes bigint,
    relations bigint,
    rows bigint,
    dead_rows bigint,
    connections integer,
    oldest_transaction_seconds double precision,
    cache_hit_ratio double precision,
    rows_written bigint,
    transactions bigint,
    temp_bytes bigint,
    calls bigint,
    statement_seconds double precision,
    quota_ratio double precision
)
PARTITION BY RANGE (at);


--
-- Name: user; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control."user" (
    id text NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    password_hash text,
    must_change_password boolean DEFAULT true NOT NULL,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT user_email_is_lowercase CHECK ((email = lower(email))),
    CONSTRAINT user_role_is_known CHECK ((role = ANY (ARRAY['viewer'::text, 'operator'::text, 'admin'::text])))
);


--
-- Name: worker; Type: TABLE; Schema: control; Owner: -
--

CREATE TABLE control.worker (
    id text NOT NULL,
    name text NOT NULL,
    in_hand integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Data for Name: adoptable; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: alert; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: alert_evaluator; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: alert_rule; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: alert_source; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: audit; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: audit_head; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: bulk; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: bulk_item; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: channel; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: cluster; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: delivery; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: enforcement; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: escalation; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: escalation_policy; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: event; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: event_outbox; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: finding; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: fleet_sample; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: incident; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: incident_event; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: machine_state; Type: TABLE DATA; Schema: control; Owner: -
--

INSERT INTO control.machine_state VALUES ('tenant', 'provisioning', true, false, 'Its schema is being built; nobody can connect yet.');
INSERT INTO control.machine_state VALUES ('tenant', 'active', false, false, 'Its schema is what its template says, and is in use.');
INSERT INTO control.machine_state VALUES ('tenant', 'suspended', false, false, 'Its schema is whole, and nobody of the tenant can log in or use it.');
INSERT INTO control.machine_state VALUES ('tenant', 'archived', false, false, 'Put away under another name, with no access; restored or purged from here.');
INSERT INTO control.machine_state VALUES ('tenant', 'purging', false, false, 'It is being erased: part of what it held is gone, and only its purge goes on.');
INSERT INTO control.machine_state VALUES ('tenant', 'failed', false, false, 'Provisioning gave up and took back what it had made; the slug is kept for a retry.');
INSERT INTO control.machine_state VALUES ('tenant', 'discarded', false, true, 'Given up after a failure; nothing is left on the cluster and the slug is free again.');
INSERT INTO control.machine_state VALUES ('tenant', 'purged', false, true, 'Erased for good: schema and roles are gone, the record of it stays.');
INSERT INTO control.machine_state VALUES ('operation', 'queued', true, false, 'Asked for and recorded; waits for a worker.');
INSERT INTO control.machine_state VALUES ('operation', 'running', false, false, 'A worker holds its lease and runs its steps.');
INSERT INTO control.machine_state VALUES ('operation', 'waiting', false, false, 'An attempt ended early; the next one starts when its backoff is over, or when a person says so.');
INSERT INTO control.machine_state VALUES ('operation', 'undoing', false, false, 'A step failed for good, or a person cancelled it; finished steps are taken back, last first.');
INSERT INTO control.machine_state VALUES ('operation', 'succeeded', false, true, 'Every step is done.');
INSERT INTO control.machine_state VALUES ('operation', 'failed', false, true, 'It gave up; its error says why and what was taken back.');
INSERT INTO control.machine_state VALUES ('operation', 'cancelled', false, true, 'Stopped by a person; what it had made was taken back.');
INSERT INTO control.machine_state VALUES ('spare', 'building', true, false, 'It is being built from its template.');
INSERT INTO control.machine_state VALUES ('spare', 'ready', false, false, 'It is what its template says, and waits for a tenant.');
INSERT INTO control.machine_state VALUES ('spare', 'taken', false, true, 'A tenant has taken it; the tenant’s id is its own.');
INSERT INTO control.machine_state VALUES ('spare', 'left', true, false, 'Nobody will use it: stale, not built to its end, moved away from or orphaned. It is to be dropped.');
INSERT INTO control.machine_state VALUES ('spare', 'dropped', false, false, 'Nothing of it is left on the cluster.');
INSERT INTO control.machine_state VALUES ('bulk', 'running', true, false, 'Its children are requested a few at a time, as fast as they end.');
INSERT INTO control.machine_state VALUES ('bulk', 'paused', false, false, 'No further child is requested; those in flight end.');
INSERT INTO control.machine_state VALUES ('bulk', 'cancelling', false, false, 'No further child is requested; those that have not begun are cancelled, the others end.');
INSERT INTO control.machine_state VALUES ('bulk', 'finished', false, true, 'Every child has ended, well or not.');
INSERT INTO control.machine_state VALUES ('bulk', 'cancelled', false, true, 'Stopped by a person; what had ended by then stays as it is.');
INSERT INTO control.machine_state VALUES ('cluster', 'active', true, false, 'Takes new tenants.');
INSERT INTO control.machine_state VALUES ('cluster', 'cordoned', true, false, 'Keeps what it has and takes no new tenants.');
INSERT INTO control.machine_state VALUES ('cluster', 'detached', false, true, 'No longer looked after; its history stays.');
INSERT INTO control.machine_state VALUES ('incident', 'firing', true, false, 'At least one of its alerts fires, and nobody has taken it.');
INSERT INTO control.machine_state VALUES ('incident', 'acknowledged', false, false, 'Somebody has taken it; nobody else is called meanwhile.');
INSERT INTO control.machine_state VALUES ('incident', 'resolved', false, false, 'None of its alerts fires any more.');
INSERT INTO control.machine_state VALUES ('alert', 'pending', true, false, 'The rule holds, not yet as long as it must.');
INSERT INTO control.machine_state VALUES ('alert', 'firing', true, false, 'The rule holds.');
INSERT INTO control.machine_state VALUES ('alert', 'resolved', false, true, 'The rule no longer holds, or its subject or the rule itself is gone.');


--
-- Data for Name: machine_transition; Type: TABLE DATA; Schema: control; Owner: -
--

INSERT INTO control.machine_transition VALUES ('tenant', 'provisioning', 'active', 'every step of the provision verified');
INSERT INTO control.machine_transition VALUES ('tenant', 'provisioning', 'failed', 'a step failed for good and was undone, or the provision was cancelled');
INSERT INTO control.machine_transition VALUES ('tenant', 'active', 'suspended', 'suspended');
INSERT INTO control.machine_transition VALUES ('tenant', 'suspended', 'active', 'resumed');
INSERT INTO control.machine_transition VALUES ('tenant', 'active', 'archived', 'archived');
INSERT INTO control.machine_transition VALUES ('tenant', 'suspended', 'archived', 'archived');
INSERT INTO control.machine_transition VALUES ('tenant', 'archived', 'active', 'restored');
INSERT INTO control.machine_transition VALUES ('tenant', 'archived', 'purging', 'its purge begins to drop');
INSERT INTO control.machine_transition VALUES ('tenant', 'purging', 'purged', 'purged');
INSERT INTO control.machine_transition VALUES ('tenant', 'failed', 'provisioning', 'retried');
INSERT INTO control.machine_transition VALUES ('tenant', 'failed', 'discarded', 'discarded');
INSERT INTO control.machine_transition VALUES ('operation', 'queued', 'running', 'claimed by a worker');
INSERT INTO control.machine_transition VALUES ('operation', 'queued', 'cancelled', 'cancelled before it began');
INSERT INTO control.machine_transition VALUES ('operation', 'running', 'succeeded', 'last step done');
INSERT INTO control.machine_transition VALUES ('operation', 'running', 'waiting', 'retryable error, the lease ran out, or kept until a person decides');
INSERT INTO control.machine_transition VALUES ('operation', 'running', 'undoing', 'permanent error, attempts used up, or cancelled');
INSERT INTO control.machine_transition VALUES ('operation', 'waiting', 'running', 'claimed again');
INSERT INTO control.machine_transition VALUES ('operation', 'waiting', 'cancelled', 'cancelled before it had done anything');
INSERT INTO control.machine_transition VALUES ('operation', 'undoing', 'undoing', 'claimed again after the lease ran out');
INSERT INTO control.machine_transition VALUES ('operation', 'undoing', 'failed', 'taken back');
INSERT INTO control.machine_transition VALUES ('operation', 'undoing', 'cancelled', 'taken back after it was cancelled');
INSERT INTO control.machine_transition VALUES ('spare', 'building', 'ready', 'every step of its build verified');
INSERT INTO control.machine_transition VALUES ('spare', 'building', 'left', 'its build failed or was cancelled');
INSERT INTO control.machine_transition VALUES ('spare', 'ready', 'taken', 'taken by a tenant');
INSERT INTO control.machine_transition VALUES ('spare', 'ready', 'left', 'stale, or one too many');
INSERT INTO control.machine_transition VALUES ('spare', 'left', 'dropped', 'dropped');
INSERT INTO control.machine_transition VALUES ('spare', 'dropped', 'left', 'found again: the cluster was restored');
INSERT INTO control.machine_transition VALUES ('bulk', 'running', 'paused', 'paused');
INSERT INTO control.machine_transition VALUES ('bulk', 'paused', 'running', 'resumed');
INSERT INTO control.machine_transition VALUES ('bulk', 'running', 'cancelling', 'cancelled');
INSERT INTO control.machine_transition VALUES ('bulk', 'paused', 'cancelling', 'cancelled');
INSERT INTO control.machine_transition VALUES ('bulk', 'running', 'finished', 'the last child has ended');
INSERT INTO control.machine_transition VALUES ('bulk', 'cancelling', 'cancelled', 'the last child has ended');
INSERT INTO control.machine_transition VALUES ('cluster', 'active', 'cordoned', 'cordoned');
INSERT INTO control.machine_transition VALUES ('cluster', 'cordoned', 'active', 'uncordoned');
INSERT INTO control.machine_transition VALUES ('cluster', 'active', 'detached', 'detached, with nothing left on it');
INSERT INTO control.machine_transition VALUES ('cluster', 'cordoned', 'detached', 'detached, with nothing left on it');
INSERT INTO control.machine_transition VALUES ('incident', 'firing', 'acknowledged', 'somebody takes it');
INSERT INTO control.machine_transition VALUES ('incident', 'acknowledged', 'firing', 'the time of whoever took it is over, or it is given back');
INSERT INTO control.machine_transition VALUES ('incident', 'firing', 'resolved', 'its last alert is resolved');
INSERT INTO control.machine_transition VALUES ('incident', 'acknowledged', 'resolved', 'its last alert is resolved');
INSERT INTO control.machine_transition VALUES ('incident', 'resolved', 'firing', 'it fires again soon after: the same trouble, not another one');
INSERT INTO control.machine_transition VALUES ('alert', 'pending', 'firing', 'it has held for long enough');
INSERT INTO control.machine_transition VALUES ('alert', 'pending', 'resolved', 'it holds no more');
INSERT INTO control.machine_transition VALUES ('alert', 'firing', 'resolved', 'it has been clear for long enough');


--
-- Data for Name: migration; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: notification; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: operation; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: operation_log; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: operation_step; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: plan; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: pool_policy; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: quota; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: quota_state; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: rate_limit; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: reconciliation; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: sampling; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: schedule; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: schedule_override; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: session; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: setting; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: silence; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: spare; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: template; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: template_version; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: tenant; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: usage; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: usage_collection; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: user; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Data for Name: worker; Type: TABLE DATA; Schema: control; Owner: -
--



--
-- Name: event_outbox_id_seq; Type: SEQUENCE SET; Schema: control; Owner: -
--

SELECT pg_catalog.setval('control.event_outbox_id_seq', 1, false);


--
-- Name: adoptable adoptable_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.adoptable
    ADD CONSTRAINT adoptable_pkey PRIMARY KEY (cluster_id);


--
-- Name: alert_evaluator alert_evaluator_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.alert_evaluator
    ADD CONSTRAINT alert_evaluator_pkey PRIMARY KEY (id);


--
-- Name: alert alert_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (id);


--
-- Name: alert_rule alert_rule_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.alert_rule
    ADD CONSTRAINT alert_rule_pkey PRIMARY KEY (id);


--
-- Name: alert_source alert_source_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.alert_source
    ADD CONSTRAINT alert_source_pkey PRIMARY KEY (id);


--
-- Name: audit audit_chain_seq_pk; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.audit
    ADD CONSTRAINT audit_chain_seq_pk PRIMARY KEY (chain, seq);


--
-- Name: audit_head audit_head_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (chain);


--
-- Name: bulk_item bulk_item_bulk_id_ordinal_pk; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.bulk_item
    ADD CONSTRAINT bulk_item_bulk_id_ordinal_pk PRIMARY KEY (bulk_id, ordinal);


--
-- Name: bulk bulk_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.bulk
    ADD CONSTRAINT bulk_pkey PRIMARY KEY (id);


--
-- Name: channel channel_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.channel
    ADD CONSTRAINT channel_pkey PRIMARY KEY (id);


--
-- Name: cluster cluster_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.cluster
    ADD CONSTRAINT cluster_pkey PRIMARY KEY (id);


--
-- Name: delivery delivery_attempt_is_one; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.delivery
    ADD CONSTRAINT delivery_attempt_is_one UNIQUE (notification_id, attempt);


--
-- Name: delivery delivery_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.delivery
    ADD CONSTRAINT delivery_pkey PRIMARY KEY (id);


--
-- Name: enforcement enforcement_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.enforcement
    ADD CONSTRAINT enforcement_pkey PRIMARY KEY (tenant_id);


--
-- Name: escalation escalation_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.escalation
    ADD CONSTRAINT escalation_pkey PRIMARY KEY (incident_id);


--
-- Name: escalation_policy escalation_policy_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.escalation_policy
    ADD CONSTRAINT escalation_policy_pkey PRIMARY KEY (id);


--
-- Name: event_outbox event_outbox_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.event_outbox
    ADD CONSTRAINT event_outbox_pkey PRIMARY KEY (id);


--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (seq);


--
-- Name: finding finding_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.finding
    ADD CONSTRAINT finding_pkey PRIMARY KEY (id);


--
-- Name: fleet_sample fleet_sample_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.fleet_sample
    ADD CONSTRAINT fleet_sample_pkey PRIMARY KEY (at);


--
-- Name: incident_event incident_event_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.incident_event
    ADD CONSTRAINT incident_event_pkey PRIMARY KEY (id);


--
-- Name: incident incident_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.incident
    ADD CONSTRAINT incident_pkey PRIMARY KEY (id);


--
-- Name: machine_state machine_state_noun_state_pk; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.machine_state
    ADD CONSTRAINT machine_state_noun_state_pk PRIMARY KEY (noun, state);


--
-- Name: machine_transition machine_transition_noun_from_to_pk; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.machine_transition
    ADD CONSTRAINT machine_transition_noun_from_to_pk PRIMARY KEY (noun, "from", "to");


--
-- Name: migration migration_template_id_version_pk; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.migration
    ADD CONSTRAINT migration_template_id_version_pk PRIMARY KEY (template_id, version);


--
-- Name: notification notification_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.notification
    ADD CONSTRAINT notification_pkey PRIMARY KEY (id);


--
-- Name: operation_log operation_log_operation_id_line_pk; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation_log
    ADD CONSTRAINT operation_log_operation_id_line_pk PRIMARY KEY (operation_id, line);


--
-- Name: operation operation_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation
    ADD CONSTRAINT operation_pkey PRIMARY KEY (id);


--
-- Name: operation_step operation_step_operation_id_attempt_direction_ordinal_pk; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation_step
    ADD CONSTRAINT operation_step_operation_id_attempt_direction_ordinal_pk PRIMARY KEY (operation_id, attempt, direction, ordinal);


--
-- Name: plan plan_name_is_unique; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.plan
    ADD CONSTRAINT plan_name_is_unique UNIQUE (name);


--
-- Name: plan plan_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.plan
    ADD CONSTRAINT plan_pkey PRIMARY KEY (id);


--
-- Name: pool_policy pool_policy_is_one_per_template_and_cluster; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.pool_policy
    ADD CONSTRAINT pool_policy_is_one_per_template_and_cluster UNIQUE NULLS NOT DISTINCT (template_id, cluster_id);


--
-- Name: quota quota_is_one_per_holder_and_resource; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.quota
    ADD CONSTRAINT quota_is_one_per_holder_and_resource UNIQUE NULLS NOT DISTINCT (tenant_id, plan_id, resource);


--
-- Name: quota_state quota_state_tenant_id_resource_pk; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.quota_state
    ADD CONSTRAINT quota_state_tenant_id_resource_pk PRIMARY KEY (tenant_id, resource);


--
-- Name: rate_limit rate_limit_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.rate_limit
    ADD CONSTRAINT rate_limit_pkey PRIMARY KEY (key);


--
-- Name: reconciliation reconciliation_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.reconciliation
    ADD CONSTRAINT reconciliation_pkey PRIMARY KEY (cluster_id);


--
-- Name: sampling sampling_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.sampling
    ADD CONSTRAINT sampling_pkey PRIMARY KEY (name);


--
-- Name: schedule_override schedule_override_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.schedule_override
    ADD CONSTRAINT schedule_override_pkey PRIMARY KEY (id);


--
-- Name: schedule schedule_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (id);


--
-- Name: session session_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);


--
-- Name: setting setting_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (key);


--
-- Name: silence silence_is_one_per_idempotency_key; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.silence
    ADD CONSTRAINT silence_is_one_per_idempotency_key UNIQUE (created_by, idempotency_key);


--
-- Name: silence silence_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.silence
    ADD CONSTRAINT silence_pkey PRIMARY KEY (id);


--
-- Name: spare spare_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.spare
    ADD CONSTRAINT spare_pkey PRIMARY KEY (id);


--
-- Name: template template_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.template
    ADD CONSTRAINT template_pkey PRIMARY KEY (id);


--
-- Name: template template_slug_is_unique; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.template
    ADD CONSTRAINT template_slug_is_unique UNIQUE (slug);


--
-- Name: template_version template_version_template_id_version_pk; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.template_version
    ADD CONSTRAINT template_version_template_id_version_pk PRIMARY KEY (template_id, version);


--
-- Name: tenant tenant_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.tenant
    ADD CONSTRAINT tenant_pkey PRIMARY KEY (id);


--
-- Name: usage_collection usage_collection_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.usage_collection
    ADD CONSTRAINT usage_collection_pkey PRIMARY KEY (cluster_id);


--
-- Name: usage usage_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.usage
    ADD CONSTRAINT usage_pkey PRIMARY KEY (tenant_id);


--
-- Name: user user_email_is_unique; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control."user"
    ADD CONSTRAINT user_email_is_unique UNIQUE (email);


--
-- Name: user user_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control."user"
    ADD CONSTRAINT user_pkey PRIMARY KEY (id);


--
-- Name: worker worker_pkey; Type: CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.worker
    ADD CONSTRAINT worker_pkey PRIMARY KEY (id);


--
-- Name: alert_is_one_while_it_lasts; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX alert_is_one_while_it_lasts ON control.alert USING btree (fingerprint) WHERE (state <> 'resolved'::text);


--
-- Name: alert_of_incident; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX alert_of_incident ON control.alert USING btree (incident_id, fired_at);


--
-- Name: alert_of_tenant; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX alert_of_tenant ON control.alert USING btree (tenant_id, pending_at);


--
-- Name: alert_open_of_rule; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX alert_open_of_rule ON control.alert USING btree (rule_id) WHERE (state <> 'resolved'::text);


--
-- Name: alert_rule_builtin_is_one; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX alert_rule_builtin_is_one ON control.alert_rule USING btree (builtin) WHERE (builtin IS NOT NULL);


--
-- Name: alert_rule_name_is_unique; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX alert_rule_name_is_unique ON control.alert_rule USING btree (name) WHERE (removed_at IS NULL);


--
-- Name: alert_source_name_is_unique; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX alert_source_name_is_unique ON control.alert_source USING btree (name) WHERE (removed_at IS NULL);


--
-- Name: alert_source_token_is_unique; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX alert_source_token_is_unique ON control.alert_source USING btree (token_hash);


--
-- Name: audit_by_actor; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX audit_by_actor ON control.audit USING btree (actor_id, at);


--
-- Name: audit_by_operation; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX audit_by_operation ON control.audit USING btree (operation_id);


--
-- Name: audit_by_time; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX audit_by_time ON control.audit USING btree (at, chain, seq);


--
-- Name: audit_operation_ends_once; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX audit_operation_ends_once ON control.audit USING btree (operation_id) WHERE (outcome = ANY (ARRAY['succeeded'::text, 'failed'::text, 'cancelled'::text]));


--
-- Name: audit_operation_is_requested_once; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX audit_operation_is_requested_once ON control.audit USING btree (operation_id) WHERE (outcome = 'requested'::text);


--
-- Name: bulk_by_creation; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX bulk_by_creation ON control.bulk USING btree (created_at, id);


--
-- Name: bulk_by_retry; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX bulk_by_retry ON control.bulk USING btree (retry_of);


--
-- Name: bulk_in_flight; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX bulk_in_flight ON control.bulk USING btree (state) WHERE (finished_at IS NULL);


--
-- Name: bulk_is_one_per_idempotency_key; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX bulk_is_one_per_idempotency_key ON control.bulk USING btree (requested_by, idempotency_key);


--
-- Name: bulk_item_by_state; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX bulk_item_by_state ON control.bulk_item USING btree (bulk_id, state, ordinal);


--
-- Name: bulk_item_is_one_per_operation; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX bulk_item_is_one_per_operation ON control.bulk_item USING btree (operation_id);


--
-- Name: bulk_item_is_one_per_tenant; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX bulk_item_is_one_per_tenant ON control.bulk_item USING btree (bulk_id, tenant_id);


--
-- Name: channel_name_is_unique; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX channel_name_is_unique ON control.channel USING btree (name) WHERE (removed_at IS NULL);


--
-- Name: cluster_is_a_database_once; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX cluster_is_a_database_once ON control.cluster USING btree (system_identifier, database_oid) WHERE (state <> 'detached'::text);


--
-- Name: cluster_name_is_unique; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX cluster_name_is_unique ON control.cluster USING btree (name) WHERE (state <> 'detached'::text);


--
-- Name: escalation_due; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX escalation_due ON control.escalation USING btree (due_at) WHERE (due_at IS NOT NULL);


--
-- Name: escalation_policy_default_is_one; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX escalation_policy_default_is_one ON control.escalation_policy USING btree (is_default) WHERE is_default;


--
-- Name: escalation_policy_name_is_unique; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX escalation_policy_name_is_unique ON control.escalation_policy USING btree (name) WHERE (removed_at IS NULL);


--
-- Name: event_by_time; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX event_by_time ON control.event USING btree (at);


--
-- Name: finding_by_state; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX finding_by_state ON control.finding USING btree (state, kind, id);


--
-- Name: finding_by_tenant; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX finding_by_tenant ON control.finding USING btree (tenant_id);


--
-- Name: finding_is_one_while_it_lasts; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX finding_is_one_while_it_lasts ON control.finding USING btree (cluster_id, kind, subject) WHERE (state <> 'resolved'::text);


--
-- Name: incident_by_time; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX incident_by_time ON control.incident USING btree (started_at, id);


--
-- Name: incident_event_in_order; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX incident_event_in_order ON control.incident_event USING btree (incident_id, at, id);


--
-- Name: incident_is_one_while_it_lasts; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX incident_is_one_while_it_lasts ON control.incident USING btree (group_key) WHERE (state <> 'resolved'::text);


--
-- Name: incident_of_group; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX incident_of_group ON control.incident USING btree (group_key, resolved_at);


--
-- Name: incident_open; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX incident_open ON control.incident USING btree (severity, started_at) WHERE (state <> 'resolved'::text);


--
-- Name: incident_to_announce; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX incident_to_announce ON control.incident USING btree (id) WHERE (announced_epoch < epoch);


--
-- Name: metric_day_in_order; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX metric_day_in_order ON ONLY control.metric_day USING btree (metric, cluster_id, at);


--
-- Name: metric_hour_in_order; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX metric_hour_in_order ON ONLY control.metric_hour USING btree (metric, cluster_id, at);


--
-- Name: metric_sample_in_order; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX metric_sample_in_order ON ONLY control.metric_sample USING btree (metric, cluster_id, at);


--
-- Name: notification_by_time; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX notification_by_time ON control.notification USING btree (created_at, id);


--
-- Name: notification_due; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX notification_due ON control.notification USING btree (due_at) WHERE (state = 'queued'::text);


--
-- Name: notification_is_sent_once; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX notification_is_sent_once ON control.notification USING btree (incident_id, epoch, channel_id, COALESCE(user_id, ''::text)) WHERE (incident_id IS NOT NULL);


--
-- Name: notification_of_incident; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX notification_of_incident ON control.notification USING btree (incident_id, channel_id);


--
-- Name: operation_by_bulk; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX operation_by_bulk ON control.operation USING btree (bulk_id, state) WHERE (bulk_id IS NOT NULL);


--
-- Name: operation_by_creation; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX operation_by_creation ON control.operation USING btree (created_at, id);


--
-- Name: operation_by_finish; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX operation_by_finish ON control.operation USING btree (finished_at);


--
-- Name: operation_by_retry; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX operation_by_retry ON control.operation USING btree (retry_of);


--
-- Name: operation_by_spare; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX operation_by_spare ON control.operation USING btree (spare_id) WHERE (spare_id IS NOT NULL);


--
-- Name: operation_by_state; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX operation_by_state ON control.operation USING btree (state, created_at);


--
-- Name: operation_by_tenant; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX operation_by_tenant ON control.operation USING btree (tenant_id, created_at);


--
-- Name: operation_in_flight; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX operation_in_flight ON control.operation USING btree (lease_until, due_at) WHERE (finished_at IS NULL);


--
-- Name: operation_is_one_at_a_time_per_source; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX operation_is_one_at_a_time_per_source ON control.operation USING btree (source_id) WHERE (state <> ALL (ARRAY['succeeded'::text, 'failed'::text, 'cancelled'::text]));


--
-- Name: operation_is_one_at_a_time_per_spare; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX operation_is_one_at_a_time_per_spare ON control.operation USING btree (spare_id) WHERE (state <> ALL (ARRAY['succeeded'::text, 'failed'::text, 'cancelled'::text]));


--
-- Name: operation_is_one_at_a_time_per_tenant; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX operation_is_one_at_a_time_per_tenant ON control.operation USING btree (tenant_id) WHERE (state <> ALL (ARRAY['succeeded'::text, 'failed'::text, 'cancelled'::text]));


--
-- Name: operation_is_one_per_idempotency_key; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX operation_is_one_per_idempotency_key ON control.operation USING btree (requested_by, idempotency_key);


--
-- Name: override_of_schedule; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX override_of_schedule ON control.schedule_override USING btree (schedule_id, ends_at);


--
-- Name: quota_state_by_level; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX quota_state_by_level ON control.quota_state USING btree (level) WHERE (level <> 'ok'::text);


--
-- Name: schedule_name_is_unique; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX schedule_name_is_unique ON control.schedule USING btree (name) WHERE (removed_at IS NULL);


--
-- Name: session_by_user; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX session_by_user ON control.session USING btree (user_id);


--
-- Name: silence_by_end; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX silence_by_end ON control.silence USING btree (ends_at);


--
-- Name: spare_by_use; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX spare_by_use ON control.spare USING btree (state, template_id, template_version, cluster_id);


--
-- Name: tenant_by_cluster; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX tenant_by_cluster ON control.tenant USING btree (cluster_id, state);


--
-- Name: tenant_by_creation; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX tenant_by_creation ON control.tenant USING btree (created_at, id);


--
-- Name: tenant_by_label; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX tenant_by_label ON control.tenant USING gin (labels);


--
-- Name: tenant_by_plan; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX tenant_by_plan ON control.tenant USING btree (plan_id);


--
-- Name: tenant_by_state; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX tenant_by_state ON control.tenant USING btree (state, id);


--
-- Name: tenant_schema_is_unique_on_its_cluster; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX tenant_schema_is_unique_on_its_cluster ON control.tenant USING btree (cluster_id, schema_name) WHERE (state <> ALL (ARRAY['discarded'::text, 'purged'::text]));


--
-- Name: tenant_slug_is_unique_while_kept; Type: INDEX; Schema: control; Owner: -
--

CREATE UNIQUE INDEX tenant_slug_is_unique_while_kept ON control.tenant USING btree (slug) WHERE (state <> ALL (ARRAY['discarded'::text, 'purged'::text]));


--
-- Name: usage_by_cluster; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX usage_by_cluster ON control.usage USING btree (cluster_id);


--
-- Name: usage_by_size; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX usage_by_size ON control.usage USING btree (bytes DESC NULLS LAST, tenant_id);


--
-- Name: usage_day_in_order; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX usage_day_in_order ON ONLY control.usage_day USING btree (tenant_id, at);


--
-- Name: usage_hour_in_order; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX usage_hour_in_order ON ONLY control.usage_hour USING btree (tenant_id, at);


--
-- Name: usage_sample_in_order; Type: INDEX; Schema: control; Owner: -
--

CREATE INDEX usage_sample_in_order ON ONLY control.usage_sample USING btree (tenant_id, at);


--
-- Name: alert alert_moves_lawfully; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER alert_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.alert FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('alert');


--
-- Name: alert_rule alert_rule_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER alert_rule_emits AFTER INSERT OR DELETE OR UPDATE OF name, condition, scope, for_seconds, severity, policy_id, enabled, fault, removed_at ON control.alert_rule FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('alerts', 'rule.changed');


--
-- Name: alert_rule alert_rule_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER alert_rule_raises_row_version BEFORE UPDATE OF name, description, condition, scope, for_seconds, keep_firing_seconds, severity, group_by, action, runbook_url, policy_id, enabled, removed_at ON control.alert_rule FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: audit audit_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER audit_emits AFTER INSERT ON control.audit FOR EACH ROW EXECUTE FUNCTION control.emit_audit_event();


--
-- Name: audit audit_is_chained; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER audit_is_chained BEFORE INSERT ON control.audit FOR EACH ROW EXECUTE FUNCTION control.chain_audit();


--
-- Name: audit audit_is_insert_only; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER audit_is_insert_only BEFORE DELETE OR UPDATE OR TRUNCATE ON control.audit FOR EACH STATEMENT EXECUTE FUNCTION control.refuse_audit_change();


--
-- Name: bulk bulk_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER bulk_emits AFTER INSERT OR UPDATE ON control.bulk FOR EACH ROW EXECUTE FUNCTION control.emit_bulk_event();


--
-- Name: bulk bulk_moves_lawfully; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER bulk_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.bulk FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('bulk');


--
-- Name: bulk bulk_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER bulk_raises_row_version BEFORE UPDATE ON control.bulk FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: channel channel_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER channel_emits AFTER INSERT OR UPDATE ON control.channel FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('channels', 'channel.changed');


--
-- Name: channel channel_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER channel_raises_row_version BEFORE UPDATE OF name, config, secret, enabled, removed_at ON control.channel FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: cluster cluster_emits_insert; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER cluster_emits_insert AFTER INSERT ON control.cluster FOR EACH ROW EXECUTE FUNCTION control.emit_cluster_event();


--
-- Name: cluster cluster_emits_update; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER cluster_emits_update AFTER UPDATE ON control.cluster FOR EACH ROW WHEN ((((((((old.name IS DISTINCT FROM new.name) OR (old.state IS DISTINCT FROM new.state)) OR (old.reachable IS DISTINCT FROM new.reachable)) OR (old.labels IS DISTINCT FROM new.labels)) OR (old.limits IS DISTINCT FROM new.limits)) OR (old.max_concurrency IS DISTINCT FROM new.max_concurrency)) OR (old.capacity IS DISTINCT FROM new.capacity))) EXECUTE FUNCTION control.emit_cluster_event();


--
-- Name: cluster cluster_moves_lawfully; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER cluster_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.cluster FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('cluster');


--
-- Name: cluster cluster_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER cluster_raises_row_version BEFORE UPDATE OF name, state, labels, limits, max_concurrency, admin_url ON control.cluster FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: escalation_policy escalation_policy_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER escalation_policy_emits AFTER INSERT OR UPDATE ON control.escalation_policy FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('alerts', 'oncall.changed');


--
-- Name: escalation_policy escalation_policy_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER escalation_policy_raises_row_version BEFORE UPDATE ON control.escalation_policy FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: finding finding_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER finding_emits AFTER INSERT OR UPDATE OF state, detail ON control.finding FOR EACH ROW EXECUTE FUNCTION control.emit_finding_event();


--
-- Name: finding finding_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER finding_raises_row_version BEFORE UPDATE OF state, detail ON control.finding FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: fleet_sample fleet_sample_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER fleet_sample_emits AFTER INSERT ON control.fleet_sample FOR EACH ROW EXECUTE FUNCTION control.emit_sample_event();


--
-- Name: incident incident_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER incident_emits AFTER INSERT OR UPDATE OF state, severity, title, firing, total, silenced, acknowledged_by, acknowledged_until ON control.incident FOR EACH ROW EXECUTE FUNCTION control.emit_incident_event();


--
-- Name: incident incident_moves_lawfully; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER incident_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.incident FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('incident');


--
-- Name: incident incident_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER incident_raises_row_version BEFORE UPDATE OF state, severity, title, firing, total, silenced, acknowledged_by, acknowledged_until ON control.incident FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: notification notification_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER notification_emits AFTER INSERT OR UPDATE OF state, attempts ON control.notification FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('channels', 'notification.changed');


--
-- Name: operation operation_emits_insert; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER operation_emits_insert AFTER INSERT ON control.operation FOR EACH ROW EXECUTE FUNCTION control.emit_operation_event();


--
-- Name: operation operation_emits_update; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER operation_emits_update AFTER UPDATE OF state, attempt, result, error, due_at, started_at, finished_at, cancel_requested_at, cancel_force_at, priority, aside_at ON control.operation FOR EACH ROW EXECUTE FUNCTION control.emit_operation_event();


--
-- Name: operation operation_finds_its_tenants_free; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER operation_finds_its_tenants_free BEFORE INSERT ON control.operation FOR EACH ROW EXECUTE FUNCTION control.refuse_busy_tenant();


--
-- Name: operation operation_is_on_a_living_cluster; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER operation_is_on_a_living_cluster BEFORE INSERT OR UPDATE OF cluster_id ON control.operation FOR EACH ROW EXECUTE FUNCTION control.refuse_detached_cluster();


--
-- Name: operation_log operation_log_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER operation_log_emits AFTER INSERT ON control.operation_log REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION control.emit_log_event();


--
-- Name: operation operation_moves_lawfully; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER operation_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.operation FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('operation');


--
-- Name: operation operation_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER operation_raises_row_version BEFORE UPDATE OF state, attempt, result, error, due_at, started_at, finished_at, cancel_requested_at, cancel_force_at, priority, aside_at ON control.operation FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: operation_step operation_step_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER operation_step_emits AFTER INSERT OR UPDATE ON control.operation_step FOR EACH ROW EXECUTE FUNCTION control.emit_step_event();


--
-- Name: plan plan_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER plan_raises_row_version BEFORE UPDATE ON control.plan FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: pool_policy pool_policy_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER pool_policy_emits AFTER INSERT OR DELETE OR UPDATE ON control.pool_policy FOR EACH ROW EXECUTE FUNCTION control.emit_pool_event();


--
-- Name: quota quota_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER quota_emits AFTER INSERT OR DELETE OR UPDATE ON control.quota FOR EACH ROW EXECUTE FUNCTION control.emit_quota_event();


--
-- Name: quota_state quota_state_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER quota_state_emits AFTER INSERT OR UPDATE OF level, "limit", grace_until, enforced_at ON control.quota_state FOR EACH ROW EXECUTE FUNCTION control.emit_quota_state_event();


--
-- Name: quota_state quota_state_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER quota_state_raises_row_version BEFORE UPDATE OF level, "limit", grace_until, enforced_at ON control.quota_state FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: reconciliation reconciliation_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER reconciliation_emits AFTER INSERT OR UPDATE ON control.reconciliation FOR EACH ROW EXECUTE FUNCTION control.emit_reconciliation_event();


--
-- Name: schedule schedule_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER schedule_emits AFTER INSERT OR UPDATE ON control.schedule FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('alerts', 'oncall.changed');


--
-- Name: schedule_override schedule_override_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER schedule_override_emits AFTER INSERT OR DELETE OR UPDATE ON control.schedule_override FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('alerts', 'oncall.changed');


--
-- Name: schedule schedule_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER schedule_raises_row_version BEFORE UPDATE ON control.schedule FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: silence silence_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER silence_emits AFTER INSERT OR UPDATE ON control.silence FOR EACH ROW EXECUTE FUNCTION control.emit_changed_event('alerts', 'silence.changed');


--
-- Name: silence silence_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER silence_raises_row_version BEFORE UPDATE ON control.silence FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: spare spare_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER spare_emits AFTER INSERT OR UPDATE OF state ON control.spare FOR EACH ROW EXECUTE FUNCTION control.emit_spare_event();


--
-- Name: spare spare_is_on_a_living_cluster; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER spare_is_on_a_living_cluster BEFORE INSERT OR UPDATE OF cluster_id ON control.spare FOR EACH ROW EXECUTE FUNCTION control.refuse_detached_cluster();


--
-- Name: spare spare_moves_lawfully; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER spare_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.spare FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('spare');


--
-- Name: spare spare_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER spare_raises_row_version BEFORE UPDATE OF state, fingerprint ON control.spare FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: template_version template_version_emits; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER template_version_emits AFTER INSERT OR UPDATE OF state ON control.template_version FOR EACH ROW EXECUTE FUNCTION control.emit_template_event();


--
-- Name: template_version template_version_is_kept_when_ready; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER template_version_is_kept_when_ready BEFORE DELETE OR UPDATE ON control.template_version FOR EACH ROW WHEN ((old.state = 'ready'::text)) EXECUTE FUNCTION control.keep_ready_version();


--
-- Name: tenant tenant_emits_insert; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER tenant_emits_insert AFTER INSERT ON control.tenant FOR EACH ROW EXECUTE FUNCTION control.emit_tenant_event();


--
-- Name: tenant tenant_emits_update; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER tenant_emits_update AFTER UPDATE OF slug, display_name, labels, notes, state, schema_name, template_version, fingerprint, owner_id, plan_id, activated_at, archived_at, kept_until ON control.tenant FOR EACH ROW EXECUTE FUNCTION control.emit_tenant_event();


--
-- Name: tenant tenant_is_on_a_living_cluster; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER tenant_is_on_a_living_cluster BEFORE INSERT OR UPDATE OF cluster_id ON control.tenant FOR EACH ROW EXECUTE FUNCTION control.refuse_detached_cluster();


--
-- Name: tenant tenant_moves_lawfully; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER tenant_moves_lawfully BEFORE INSERT OR UPDATE OF state ON control.tenant FOR EACH ROW EXECUTE FUNCTION control.enforce_transition('tenant');


--
-- Name: tenant tenant_raises_row_version; Type: TRIGGER; Schema: control; Owner: -
--

CREATE TRIGGER tenant_raises_row_version BEFORE UPDATE OF slug, display_name, labels, notes, state, schema_name, template_version, fingerprint, owner_id, plan_id, activated_at, archived_at, kept_until ON control.tenant FOR EACH ROW EXECUTE FUNCTION control.raise_row_version();


--
-- Name: adoptable adoptable_cluster_id_cluster_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.adoptable
    ADD CONSTRAINT adoptable_cluster_id_cluster_id_fk FOREIGN KEY (cluster_id) REFERENCES control.cluster(id);


--
-- Name: alert alert_incident_id_incident_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.alert
    ADD CONSTRAINT alert_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES control.incident(id);


--
-- Name: alert_rule alert_rule_changed_by_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.alert_rule
    ADD CONSTRAINT alert_rule_changed_by_user_id_fk FOREIGN KEY (changed_by) REFERENCES control."user"(id);


--
-- Name: alert alert_rule_id_alert_rule_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.alert
    ADD CONSTRAINT alert_rule_id_alert_rule_id_fk FOREIGN KEY (rule_id) REFERENCES control.alert_rule(id);


--
-- Name: alert_rule alert_rule_policy_id_escalation_policy_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.alert_rule
    ADD CONSTRAINT alert_rule_policy_id_escalation_policy_id_fk FOREIGN KEY (policy_id) REFERENCES control.escalation_policy(id);


--
-- Name: alert_source alert_source_policy_id_escalation_policy_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.alert_source
    ADD CONSTRAINT alert_source_policy_id_escalation_policy_id_fk FOREIGN KEY (policy_id) REFERENCES control.escalation_policy(id);


--
-- Name: bulk_item bulk_item_bulk_id_bulk_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.bulk_item
    ADD CONSTRAINT bulk_item_bulk_id_bulk_id_fk FOREIGN KEY (bulk_id) REFERENCES control.bulk(id);


--
-- Name: bulk_item bulk_item_tenant_id_tenant_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.bulk_item
    ADD CONSTRAINT bulk_item_tenant_id_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES control.tenant(id);


--
-- Name: bulk bulk_requested_by_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.bulk
    ADD CONSTRAINT bulk_requested_by_user_id_fk FOREIGN KEY (requested_by) REFERENCES control."user"(id);


--
-- Name: bulk bulk_retry_of_bulk_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.bulk
    ADD CONSTRAINT bulk_retry_of_bulk_id_fk FOREIGN KEY (retry_of) REFERENCES control.bulk(id);


--
-- Name: delivery delivery_notification_id_notification_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.delivery
    ADD CONSTRAINT delivery_notification_id_notification_id_fk FOREIGN KEY (notification_id) REFERENCES control.notification(id) ON DELETE CASCADE;


--
-- Name: enforcement enforcement_tenant_id_tenant_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.enforcement
    ADD CONSTRAINT enforcement_tenant_id_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES control.tenant(id);


--
-- Name: enforcement enforcement_told_cluster_id_cluster_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.enforcement
    ADD CONSTRAINT enforcement_told_cluster_id_cluster_id_fk FOREIGN KEY (told_cluster_id) REFERENCES control.cluster(id);


--
-- Name: escalation escalation_incident_id_incident_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.escalation
    ADD CONSTRAINT escalation_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES control.incident(id);


--
-- Name: finding finding_cluster_id_cluster_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.finding
    ADD CONSTRAINT finding_cluster_id_cluster_id_fk FOREIGN KEY (cluster_id) REFERENCES control.cluster(id);


--
-- Name: finding finding_ignored_by_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.finding
    ADD CONSTRAINT finding_ignored_by_user_id_fk FOREIGN KEY (ignored_by) REFERENCES control."user"(id);


--
-- Name: incident incident_acknowledged_by_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.incident
    ADD CONSTRAINT incident_acknowledged_by_user_id_fk FOREIGN KEY (acknowledged_by) REFERENCES control."user"(id);


--
-- Name: incident_event incident_event_incident_id_incident_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.incident_event
    ADD CONSTRAINT incident_event_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES control.incident(id);


--
-- Name: incident_event incident_event_user_id_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.incident_event
    ADD CONSTRAINT incident_event_user_id_user_id_fk FOREIGN KEY (user_id) REFERENCES control."user"(id);


--
-- Name: incident incident_rule_id_alert_rule_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.incident
    ADD CONSTRAINT incident_rule_id_alert_rule_id_fk FOREIGN KEY (rule_id) REFERENCES control.alert_rule(id);


--
-- Name: migration migration_template_id_template_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.migration
    ADD CONSTRAINT migration_template_id_template_id_fk FOREIGN KEY (template_id) REFERENCES control.template(id);


--
-- Name: notification notification_channel_id_channel_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.notification
    ADD CONSTRAINT notification_channel_id_channel_id_fk FOREIGN KEY (channel_id) REFERENCES control.channel(id);


--
-- Name: notification notification_incident_id_incident_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.notification
    ADD CONSTRAINT notification_incident_id_incident_id_fk FOREIGN KEY (incident_id) REFERENCES control.incident(id);


--
-- Name: notification notification_user_id_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.notification
    ADD CONSTRAINT notification_user_id_user_id_fk FOREIGN KEY (user_id) REFERENCES control."user"(id);


--
-- Name: operation operation_aside_by_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation
    ADD CONSTRAINT operation_aside_by_user_id_fk FOREIGN KEY (aside_by) REFERENCES control."user"(id);


--
-- Name: operation operation_bulk_id_bulk_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation
    ADD CONSTRAINT operation_bulk_id_bulk_id_fk FOREIGN KEY (bulk_id) REFERENCES control.bulk(id);


--
-- Name: operation operation_cancel_requested_by_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation
    ADD CONSTRAINT operation_cancel_requested_by_user_id_fk FOREIGN KEY (cancel_requested_by) REFERENCES control."user"(id);


--
-- Name: operation operation_cluster_id_cluster_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation
    ADD CONSTRAINT operation_cluster_id_cluster_id_fk FOREIGN KEY (cluster_id) REFERENCES control.cluster(id);


--
-- Name: operation_log operation_log_operation_id_operation_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation_log
    ADD CONSTRAINT operation_log_operation_id_operation_id_fk FOREIGN KEY (operation_id) REFERENCES control.operation(id);


--
-- Name: operation operation_requested_by_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation
    ADD CONSTRAINT operation_requested_by_user_id_fk FOREIGN KEY (requested_by) REFERENCES control."user"(id);


--
-- Name: operation operation_retry_of_operation_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation
    ADD CONSTRAINT operation_retry_of_operation_id_fk FOREIGN KEY (retry_of) REFERENCES control.operation(id);


--
-- Name: operation operation_source_id_tenant_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation
    ADD CONSTRAINT operation_source_id_tenant_id_fk FOREIGN KEY (source_id) REFERENCES control.tenant(id);


--
-- Name: operation operation_spare_id_spare_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation
    ADD CONSTRAINT operation_spare_id_spare_id_fk FOREIGN KEY (spare_id) REFERENCES control.spare(id);


--
-- Name: operation_step operation_step_operation_id_operation_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation_step
    ADD CONSTRAINT operation_step_operation_id_operation_id_fk FOREIGN KEY (operation_id) REFERENCES control.operation(id);


--
-- Name: operation operation_tenant_id_tenant_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.operation
    ADD CONSTRAINT operation_tenant_id_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES control.tenant(id);


--
-- Name: pool_policy pool_policy_cluster_id_cluster_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.pool_policy
    ADD CONSTRAINT pool_policy_cluster_id_cluster_id_fk FOREIGN KEY (cluster_id) REFERENCES control.cluster(id);


--
-- Name: pool_policy pool_policy_set_by_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.pool_policy
    ADD CONSTRAINT pool_policy_set_by_user_id_fk FOREIGN KEY (set_by) REFERENCES control."user"(id);


--
-- Name: pool_policy pool_policy_template_id_template_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.pool_policy
    ADD CONSTRAINT pool_policy_template_id_template_id_fk FOREIGN KEY (template_id) REFERENCES control.template(id);


--
-- Name: quota quota_plan_id_plan_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.quota
    ADD CONSTRAINT quota_plan_id_plan_id_fk FOREIGN KEY (plan_id) REFERENCES control.plan(id) ON DELETE CASCADE;


--
-- Name: quota quota_set_by_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.quota
    ADD CONSTRAINT quota_set_by_user_id_fk FOREIGN KEY (set_by) REFERENCES control."user"(id);


--
-- Name: quota_state quota_state_tenant_id_tenant_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.quota_state
    ADD CONSTRAINT quota_state_tenant_id_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES control.tenant(id);


--
-- Name: quota quota_tenant_id_tenant_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.quota
    ADD CONSTRAINT quota_tenant_id_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES control.tenant(id);


--
-- Name: reconciliation reconciliation_cluster_id_cluster_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.reconciliation
    ADD CONSTRAINT reconciliation_cluster_id_cluster_id_fk FOREIGN KEY (cluster_id) REFERENCES control.cluster(id);


--
-- Name: schedule_override schedule_override_created_by_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.schedule_override
    ADD CONSTRAINT schedule_override_created_by_user_id_fk FOREIGN KEY (created_by) REFERENCES control."user"(id);


--
-- Name: schedule_override schedule_override_schedule_id_schedule_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.schedule_override
    ADD CONSTRAINT schedule_override_schedule_id_schedule_id_fk FOREIGN KEY (schedule_id) REFERENCES control.schedule(id);


--
-- Name: schedule_override schedule_override_user_id_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.schedule_override
    ADD CONSTRAINT schedule_override_user_id_user_id_fk FOREIGN KEY (user_id) REFERENCES control."user"(id);


--
-- Name: session session_user_id_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.session
    ADD CONSTRAINT session_user_id_user_id_fk FOREIGN KEY (user_id) REFERENCES control."user"(id) ON DELETE CASCADE;


--
-- Name: silence silence_created_by_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.silence
    ADD CONSTRAINT silence_created_by_user_id_fk FOREIGN KEY (created_by) REFERENCES control."user"(id);


--
-- Name: spare spare_cluster_id_cluster_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.spare
    ADD CONSTRAINT spare_cluster_id_cluster_id_fk FOREIGN KEY (cluster_id) REFERENCES control.cluster(id);


--
-- Name: spare spare_template_id_template_version_template_version_template_id; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.spare
    ADD CONSTRAINT spare_template_id_template_version_template_version_template_id FOREIGN KEY (template_id, template_version) REFERENCES control.template_version(template_id, version);


--
-- Name: template_version template_version_template_id_version_migration_template_id_vers; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.template_version
    ADD CONSTRAINT template_version_template_id_version_migration_template_id_vers FOREIGN KEY (template_id, version) REFERENCES control.migration(template_id, version);


--
-- Name: tenant tenant_cluster_id_cluster_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.tenant
    ADD CONSTRAINT tenant_cluster_id_cluster_id_fk FOREIGN KEY (cluster_id) REFERENCES control.cluster(id);


--
-- Name: tenant tenant_owner_id_user_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.tenant
    ADD CONSTRAINT tenant_owner_id_user_id_fk FOREIGN KEY (owner_id) REFERENCES control."user"(id);


--
-- Name: tenant tenant_plan_id_plan_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.tenant
    ADD CONSTRAINT tenant_plan_id_plan_id_fk FOREIGN KEY (plan_id) REFERENCES control.plan(id);


--
-- Name: tenant tenant_template_id_template_version_template_version_template_i; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.tenant
    ADD CONSTRAINT tenant_template_id_template_version_template_version_template_i FOREIGN KEY (template_id, template_version) REFERENCES control.template_version(template_id, version);


--
-- Name: usage usage_cluster_id_cluster_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.usage
    ADD CONSTRAINT usage_cluster_id_cluster_id_fk FOREIGN KEY (cluster_id) REFERENCES control.cluster(id);


--
-- Name: usage_collection usage_collection_cluster_id_cluster_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.usage_collection
    ADD CONSTRAINT usage_collection_cluster_id_cluster_id_fk FOREIGN KEY (cluster_id) REFERENCES control.cluster(id);


--
-- Name: usage usage_tenant_id_tenant_id_fk; Type: FK CONSTRAINT; Schema: control; Owner: -
--

ALTER TABLE ONLY control.usage
    ADD CONSTRAINT usage_tenant_id_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES control.tenant(id);


--
-- Name: SCHEMA control; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA control TO tenantry_runtime;


--
-- Name: FUNCTION alert_matches(p_matchers jsonb, p_rule text, p_severity text, p_cluster text, p_tenant text, p_metric text, p_labels jsonb); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.alert_matches(p_matchers jsonb, p_rule text, p_severity text, p_cluster text, p_tenant text, p_metric text, p_labels jsonb) TO tenantry_runtime;


--
-- Name: TABLE audit; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT ON TABLE control.audit TO tenantry_runtime;


--
-- Name: FUNCTION audit_digest(p_row control.audit); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.audit_digest(p_row control.audit) TO tenantry_runtime;


--
-- Name: FUNCTION begin_of(p_table text); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.begin_of(p_table text) TO tenantry_runtime;


--
-- Name: FUNCTION chain_audit(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.chain_audit() TO tenantry_runtime;


--
-- Name: FUNCTION claim_evaluation(p_holder text, p_lease interval); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.claim_evaluation(p_holder text, p_lease interval) TO tenantry_runtime;


--
-- Name: TABLE operation; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.operation TO tenantry_runtime;


--
-- Name: FUNCTION claim_operation(p_operation text, p_worker text, p_lease interval); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.claim_operation(p_operation text, p_worker text, p_lease interval) TO tenantry_runtime;


--
-- Name: FUNCTION create_cluster_queue(p_cluster text); Type: ACL; Schema: control; Owner: -
--

REVOKE ALL ON FUNCTION control.create_cluster_queue(p_cluster text) FROM PUBLIC;
GRANT ALL ON FUNCTION control.create_cluster_queue(p_cluster text) TO tenantry_runtime;


--
-- Name: FUNCTION drop_partitions(p_table text, p_unit text, p_keep_from timestamp with time zone); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.drop_partitions(p_table text, p_unit text, p_keep_from timestamp with time zone) TO tenantry_runtime;


--
-- Name: FUNCTION emit_audit_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_audit_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_bulk_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_bulk_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_changed_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_changed_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_cluster_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_cluster_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_finding_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_finding_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_incident_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_incident_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_log_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_log_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_operation_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_operation_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_pool_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_pool_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_quota_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_quota_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_quota_state_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_quota_state_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_reconciliation_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_reconciliation_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_sample_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_sample_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_spare_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_spare_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_step_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_step_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_template_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_template_event() TO tenantry_runtime;


--
-- Name: FUNCTION emit_tenant_event(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.emit_tenant_event() TO tenantry_runtime;


--
-- Name: FUNCTION enforce_transition(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.enforce_transition() TO tenantry_runtime;


--
-- Name: FUNCTION firing_alerts(p_now timestamp with time zone); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.firing_alerts(p_now timestamp with time zone) TO tenantry_runtime;


--
-- Name: FUNCTION iso(p_at timestamp with time zone); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.iso(p_at timestamp with time zone) TO tenantry_runtime;


--
-- Name: FUNCTION keep_partition(p_table text, p_unit text, p_at timestamp with time zone); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.keep_partition(p_table text, p_unit text, p_at timestamp with time zone) TO tenantry_runtime;


--
-- Name: FUNCTION keep_ready_version(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.keep_ready_version() TO tenantry_runtime;


--
-- Name: FUNCTION keep_sample_partitions(p_keep_from timestamp with time zone, p_hours_from timestamp with time zone, p_days_from timestamp with time zone, p_now timestamp with time zone); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.keep_sample_partitions(p_keep_from timestamp with time zone, p_hours_from timestamp with time zone, p_days_from timestamp with time zone, p_now timestamp with time zone) TO tenantry_runtime;


--
-- Name: FUNCTION metric_history(p_metric text, p_from timestamp with time zone, p_to timestamp with time zone, p_step interval, p_tenants text[], p_clusters text[]); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.metric_history(p_metric text, p_from timestamp with time zone, p_to timestamp with time zone, p_step interval, p_tenants text[], p_clusters text[]) TO tenantry_runtime;


--
-- Name: FUNCTION metric_now(p_metric text); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.metric_now(p_metric text) TO tenantry_runtime;


--
-- Name: FUNCTION pool_state(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.pool_state() TO tenantry_runtime;


--
-- Name: FUNCTION quiet_alerts(p_now timestamp with time zone); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.quiet_alerts(p_now timestamp with time zone) TO tenantry_runtime;


--
-- Name: FUNCTION raise_row_version(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.raise_row_version() TO tenantry_runtime;


--
-- Name: FUNCTION rate_quotas(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.rate_quotas() TO tenantry_runtime;


--
-- Name: FUNCTION record_metrics(p_samples jsonb, p_at timestamp with time zone); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.record_metrics(p_samples jsonb, p_at timestamp with time zone) TO tenantry_runtime;


--
-- Name: FUNCTION record_usage(p_cluster text, p_rows jsonb); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.record_usage(p_cluster text, p_rows jsonb) TO tenantry_runtime;


--
-- Name: FUNCTION refuse_audit_change(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.refuse_audit_change() TO tenantry_runtime;


--
-- Name: FUNCTION refuse_busy_tenant(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.refuse_busy_tenant() TO tenantry_runtime;


--
-- Name: FUNCTION refuse_detached_cluster(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.refuse_detached_cluster() TO tenantry_runtime;


--
-- Name: FUNCTION relay_events(p_most integer); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.relay_events(p_most integer) TO tenantry_runtime;


--
-- Name: FUNCTION roll_up_samples(p_now timestamp with time zone, p_most integer); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.roll_up_samples(p_now timestamp with time zone, p_most integer) TO tenantry_runtime;


--
-- Name: FUNCTION roll_up_usage(p_source text, p_target text, p_unit text, p_from timestamp with time zone, p_to timestamp with time zone); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.roll_up_usage(p_source text, p_target text, p_unit text, p_from timestamp with time zone, p_to timestamp with time zone) TO tenantry_runtime;


--
-- Name: FUNCTION verify_audit(p_chain text); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.verify_audit(p_chain text) TO tenantry_runtime;


--
-- Name: FUNCTION want_enforcement(); Type: ACL; Schema: control; Owner: -
--

GRANT ALL ON FUNCTION control.want_enforcement() TO tenantry_runtime;


--
-- Name: TABLE adoptable; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.adoptable TO tenantry_runtime;


--
-- Name: TABLE alert; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.alert TO tenantry_runtime;


--
-- Name: TABLE alert_evaluator; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.alert_evaluator TO tenantry_runtime;


--
-- Name: TABLE alert_rule; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.alert_rule TO tenantry_runtime;


--
-- Name: TABLE alert_source; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.alert_source TO tenantry_runtime;


--
-- Name: TABLE audit_head; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT ON TABLE control.audit_head TO tenantry_runtime;


--
-- Name: TABLE bulk; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.bulk TO tenantry_runtime;


--
-- Name: TABLE bulk_item; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.bulk_item TO tenantry_runtime;


--
-- Name: TABLE channel; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.channel TO tenantry_runtime;


--
-- Name: TABLE cluster; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.cluster TO tenantry_runtime;


--
-- Name: TABLE delivery; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.delivery TO tenantry_runtime;


--
-- Name: TABLE quota; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.quota TO tenantry_runtime;


--
-- Name: TABLE tenant; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.tenant TO tenantry_runtime;


--
-- Name: TABLE effective_quota; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.effective_quota TO tenantry_runtime;


--
-- Name: TABLE enforcement; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.enforcement TO tenantry_runtime;


--
-- Name: TABLE escalation; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.escalation TO tenantry_runtime;


--
-- Name: TABLE escalation_policy; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.escalation_policy TO tenantry_runtime;


--
-- Name: TABLE event; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.event TO tenantry_runtime;


--
-- Name: TABLE event_outbox; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.event_outbox TO tenantry_runtime;


--
-- Name: SEQUENCE event_outbox_id_seq; Type: ACL; Schema: control; Owner: -
--

GRANT USAGE ON SEQUENCE control.event_outbox_id_seq TO tenantry_runtime;


--
-- Name: TABLE finding; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.finding TO tenantry_runtime;


--
-- Name: TABLE fleet_sample; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.fleet_sample TO tenantry_runtime;


--
-- Name: TABLE incident; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.incident TO tenantry_runtime;


--
-- Name: TABLE incident_event; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.incident_event TO tenantry_runtime;


--
-- Name: TABLE machine_state; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT ON TABLE control.machine_state TO tenantry_runtime;


--
-- Name: TABLE machine_transition; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT ON TABLE control.machine_transition TO tenantry_runtime;


--
-- Name: TABLE metric_day; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.metric_day TO tenantry_runtime;


--
-- Name: TABLE metric_hour; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.metric_hour TO tenantry_runtime;


--
-- Name: TABLE metric_sample; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.metric_sample TO tenantry_runtime;


--
-- Name: TABLE migration; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.migration TO tenantry_runtime;


--
-- Name: TABLE notification; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.notification TO tenantry_runtime;


--
-- Name: TABLE operation_log; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.operation_log TO tenantry_runtime;


--
-- Name: TABLE operation_step; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.operation_step TO tenantry_runtime;


--
-- Name: TABLE plan; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.plan TO tenantry_runtime;


--
-- Name: TABLE pool_policy; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.pool_policy TO tenantry_runtime;


--
-- Name: TABLE quota_state; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.quota_state TO tenantry_runtime;


--
-- Name: TABLE rate_limit; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.rate_limit TO tenantry_runtime;


--
-- Name: TABLE reconciliation; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.reconciliation TO tenantry_runtime;


--
-- Name: TABLE sampling; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.sampling TO tenantry_runtime;


--
-- Name: TABLE schedule; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.schedule TO tenantry_runtime;


--
-- Name: TABLE schedule_override; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.schedule_override TO tenantry_runtime;


--
-- Name: TABLE session; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.session TO tenantry_runtime;


--
-- Name: TABLE setting; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.setting TO tenantry_runtime;


--
-- Name: TABLE silence; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.silence TO tenantry_runtime;


--
-- Name: TABLE spare; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.spare TO tenantry_runtime;


--
-- Name: TABLE template; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.template TO tenantry_runtime;


--
-- Name: TABLE template_version; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.template_version TO tenantry_runtime;


--
-- Name: TABLE usage; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.usage TO tenantry_runtime;


--
-- Name: TABLE usage_collection; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.usage_collection TO tenantry_runtime;


--
-- Name: TABLE usage_day; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.usage_day TO tenantry_runtime;


--
-- Name: TABLE usage_hour; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.usage_hour TO tenantry_runtime;


--
-- Name: TABLE usage_sample; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.usage_sample TO tenantry_runtime;


--
-- Name: TABLE "user"; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control."user" TO tenantry_runtime;


--
-- Name: TABLE worker; Type: ACL; Schema: control; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE control.worker TO tenantry_runtime;


--
-- PostgreSQL database dump complete
--


