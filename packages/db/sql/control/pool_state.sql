-- Promise: the warm pool as it is and as it is to be, one row for each template and each cluster that is not detached:
-- what the screen shows is what the refill acts on. Counts are of the newest ready version; `stale` is all of an older
-- one that is not dropped yet, `left` what else waits to be dropped. Builds that failed since the last one that was
-- ready put the next one off: two seconds, doubling up to ten minutes.
CREATE OR REPLACE FUNCTION control.pool_state() RETURNS TABLE (
  template_id text, cluster_id text, ready_version int, own_size int, common_size int, wanted int,
  building int, ready int, stale int, "left" int, failed int, build_not_before timestamptz)
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
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
