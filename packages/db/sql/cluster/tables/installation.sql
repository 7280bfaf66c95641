-- What is installed in this database: the checksum of every file applied, and the group that its tenants belong to.
-- database_oid tells a cloned database from the one that was installed, because a clone loses the database's grants.
CREATE TABLE IF NOT EXISTS tenantry.installation (
  only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT installation_is_one_row CHECK (only_row),
  checksum text NOT NULL,
  database_oid oid NOT NULL,
  tenants_role name NOT NULL,
  worker_role name NOT NULL,
  installed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- What later releases added.
--   id   tells this installation from every other; it goes along when the database is dumped and restored elsewhere
ALTER TABLE tenantry.installation ADD COLUMN IF NOT EXISTS id uuid NOT NULL DEFAULT gen_random_uuid();
