-- The limit that holds for a tenant: its own while that lasts, else its plan's, else the fleet's. No row: no limit.
CREATE OR REPLACE VIEW control.effective_quota AS
SELECT t.id AS tenant_id, r.resource,
  coalesce(o."limit", p."limit", f."limit") AS "limit",
  CASE WHEN o."limit" IS NOT NULL THEN o.grace_seconds WHEN p."limit" IS NOT NULL THEN p.grace_seconds
    ELSE f.grace_seconds END AS grace_seconds,
  CASE WHEN o."limit" IS NOT NULL THEN 'tenant' WHEN p."limit" IS NOT NULL THEN 'plan' ELSE 'fleet' END AS source
FROM control.tenant t
CROSS JOIN unnest(ARRAY['storage_bytes', 'relations', 'connections', 'temp_bytes', 'statement_seconds']) r (resource)
LEFT JOIN control.quota o ON o.tenant_id = t.id AND o.resource = r.resource AND (o.until IS NULL OR o.until > clock_timestamp())
LEFT JOIN control.quota p ON p.plan_id = t.plan_id AND p.resource = r.resource
LEFT JOIN control.quota f ON f.tenant_id IS NULL AND f.plan_id IS NULL AND f.resource = r.resource
WHERE t.state NOT IN ('discarded', 'purged') AND coalesce(o."limit", p."limit", f."limit") IS NOT NULL;

-- How much of its fullest limit each tenant uses, in control.usage for rules and charts; to a thousandth, so that what
-- hardly moves is not written.
CREATE OR REPLACE FUNCTION control.rate_quotas() RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
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

-- Writes down what every tenant's cluster is to hold it to, wherever that has changed; returns of how many.
CREATE OR REPLACE FUNCTION control.want_enforcement() RETURNS integer
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
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
