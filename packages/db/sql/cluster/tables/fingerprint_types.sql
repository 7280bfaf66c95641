-- What the fingerprint's functions hand to each other. No table uses these types, so they are made anew each time.
--   fingerprint_scope  a schema to look at, and what in its definitions differs from tenant to tenant by name alone:
--                      the schema's name as a qualifier and as a word (regular expressions), and its four roles
--   fingerprint_row    one part (a column, an index, …) of one object, defined by everything that may differ
DROP TYPE IF EXISTS tenantry.fingerprint_scope, tenantry.fingerprint_row;

CREATE TYPE tenantry.fingerprint_scope AS (
  ns oid, schema text, qualifier text, word text, owner oid, writer oid, app oid, installer oid
);

CREATE TYPE tenantry.fingerprint_row AS (ns oid, object text, part text, definition text);
