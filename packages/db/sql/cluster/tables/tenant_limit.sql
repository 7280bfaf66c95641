-- What a tenant is held to here; null: no limit. Written in the order of revision, and apart from the lane, so that a
-- tenant can be held while a migration of it runs.
--   held_at  since when no transaction that began before the block is writing any more
CREATE TABLE IF NOT EXISTS tenantry.tenant_limit (
  tenant_id text PRIMARY KEY,
  revision bigint NOT NULL,
  writes_blocked boolean NOT NULL DEFAULT false,
  held_at timestamptz,
  relations bigint,
  connections integer,
  temp_bytes bigint,
  set_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- How many relations a limited tenant had when somebody last made or dropped one. Whoever makes one writes this row
-- before it commits: two who make the last one at once cannot both pass.
CREATE TABLE IF NOT EXISTS tenantry.relation_tally (
  tenant_id text PRIMARY KEY,
  relations bigint NOT NULL
);
