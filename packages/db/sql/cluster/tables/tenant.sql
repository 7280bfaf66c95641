-- The lane of a tenant: the one row that everybody who changes the tenant's schema locks first.
-- A dropped tenant keeps its row, so that an attempt which slept through the drop is still refused.
--   fence         the highest token seen; control raises it at every claim of any operation of the tenant
--   undone_fence  the attempt that began to undo: what it was to do may no longer be done under that token
--   operation_id, nonce_hash, armed_until   the operation that may log in as the owner, and the hash of its secret
CREATE TABLE IF NOT EXISTS tenantry.tenant (
  tenant_id text PRIMARY KEY
    CONSTRAINT tenant_id_is_well_formed CHECK (tenant_id ~ '^tn_[0-9a-z]{26}$'),
  schema name
    CONSTRAINT tenant_schema_is_well_formed CHECK (schema::text ~ '^t_[a-z][a-z0-9_]{0,58}$'),
  owner_role name NOT NULL UNIQUE,
  writer_role name NOT NULL,
  app_role name NOT NULL,
  fence bigint NOT NULL DEFAULT 0,
  undone_fence bigint NOT NULL DEFAULT 0,
  operation_id text,
  nonce_hash bytea,
  armed_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  schema_created_at timestamptz,
  dropped_at timestamptz,
  CONSTRAINT tenant_has_a_schema_unless_dropped CHECK (schema IS NOT NULL OR dropped_at IS NOT NULL),
  CONSTRAINT tenant_is_armed_whole_or_not_at_all CHECK ((nonce_hash IS NULL) = (armed_until IS NULL))
);

CREATE UNIQUE INDEX IF NOT EXISTS tenant_schema_is_used_once ON tenantry.tenant (schema) WHERE dropped_at IS NULL;

-- What later releases added.
--   login_role, previous_login_role   how the product logs in: at most two, so that credentials overlap while rotated
--   blocked_at                        nobody of the tenant may log in since
--   adopted_from, adopted_oid         the schema was made by hand, under this name: until schema_created_at is set it is
--                                     somebody else's, and it is never dropped but from the archive
--   seal                              of a spare's schema, taken when it was verified
ALTER TABLE tenantry.tenant
  ADD COLUMN IF NOT EXISTS login_role name,
  ADD COLUMN IF NOT EXISTS previous_login_role name,
  ADD COLUMN IF NOT EXISTS blocked_at timestamptz,
  ADD COLUMN IF NOT EXISTS seal numeric,
  ADD COLUMN IF NOT EXISTS adopted_from name,
  ADD COLUMN IF NOT EXISTS adopted_oid oid;

CREATE UNIQUE INDEX IF NOT EXISTS schema_is_adopted_once ON tenantry.tenant (adopted_oid)
  WHERE dropped_at IS NULL AND schema_created_at IS NULL;
