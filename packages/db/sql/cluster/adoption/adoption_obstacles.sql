-- What stands in the way of adopting the given schemas, in words: grave ones forbid it, the others are to be known.
-- p_to is the name that it shall get; left out, a schema that is named like a tenant's keeps its name.
-- Catalogs only; nothing of the schemas is read or run.
CREATE OR REPLACE FUNCTION tenantry.adoption_obstacles(p_schemas name[], p_to name DEFAULT NULL)
RETURNS TABLE (schema name, code text, grave boolean, words text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS $$
DECLARE
  v_all oid[] := ARRAY(SELECT n.oid FROM pg_namespace n WHERE n.nspname = ANY (p_schemas));
BEGIN
  RETURN QUERY
  WITH scope AS MATERIALIZED (
    SELECT n.oid, n.nspname, n.nspowner, n.nspacl, '(?<![[:alnum:]_$])"?' || quoted.regexp || '"?' AS word
    FROM pg_namespace n
    CROSS JOIN LATERAL (SELECT regexp_replace(n.nspname, '([^[:alnum:]_])', '\\\1', 'g') AS regexp) quoted
    WHERE n.oid = ANY (v_all)
  ),
  object AS MATERIALIZED (SELECT * FROM tenantry.schema_objects(v_all)),
  reach AS MATERIALIZED (SELECT * FROM tenantry.reach_of(v_all)),
  routine AS MATERIALIZED (
    SELECT o.ns, p.oid, p.prokind, p.oid::regprocedure::text AS label, l.lanname, l.lanpltrusted, p.prosecdef, p.prosrc, p.prosqlbody,
      r.rolsuper
    FROM object o
    JOIN pg_proc p ON o.classid = 'pg_proc'::regclass AND p.oid = o.objid
    JOIN pg_language l ON l.oid = p.prolang
    JOIN pg_roles r ON r.oid = p.proowner
  ),
  found (ns, code, grave, lead, item) AS (
    SELECT d.refobjid, 'extension', true, 'Objects of an extension live in it; move them to another schema', pg_describe_object(d.classid, d.objid, 0)
    FROM pg_depend d
    WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = ANY (v_all) AND d.deptype = 'n'
      AND (d.classid = 'pg_extension'::regclass OR EXISTS (
        SELECT FROM pg_depend e WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e'))
  UNION ALL
    SELECT e.objid, 'extension', true, 'It belongs to an extension', x.extname::text
    FROM pg_depend e JOIN pg_extension x ON x.oid = e.refobjid
    WHERE e.classid = 'pg_namespace'::regclass AND e.objid = ANY (v_all) AND e.deptype = 'e'
  UNION ALL
    SELECT r.ns, 'reaches_out', true, 'It needs objects of other schemas', r.part || ' needs ' || r.other
    FROM reach r WHERE r.outward AND r.extension IS NULL
  UNION ALL
    SELECT r.ns, 'reached_into', true, 'Other schemas need objects of it', r.other || ' needs ' || r.part
    FROM reach r WHERE NOT r.outward
  UNION ALL
    SELECT r.ns, 'uses_extension', false, 'It uses extensions: grant USAGE on their schemas to the product''s roles', r.extension::text
    FROM reach r WHERE r.outward AND r.extension IS NOT NULL
  UNION ALL
    SELECT o.ns, 'foreign_table', true, 'Foreign tables belong to a server and a role', o.name::text
    FROM object o WHERE o.kind = 'FOREIGN TABLE'
  UNION ALL
    SELECT r.ns, 'untrusted_language', true, 'Functions in languages that no tenant may use', r.label || ' in ' || r.lanname
    FROM routine r WHERE NOT r.lanpltrusted AND r.prokind <> 'a'
  UNION ALL
    SELECT r.ns, 'event_trigger', true, 'Event triggers of the database call functions of it', t.evtname::text
    FROM routine r JOIN pg_event_trigger t ON t.evtfoid = r.oid
  UNION ALL
    SELECT o.ns, 'publication', true, 'Tables are published; take them out of the publication', o.name || ' in ' || p.pubname
    FROM object o JOIN pg_publication_rel k ON o.classid = 'pg_class'::regclass AND k.prrelid = o.objid
    JOIN pg_publication p ON p.oid = k.prpubid
  UNION ALL
    SELECT k.pnnspid, 'publication', true, 'Tables are published; take them out of the publication', p.pubname::text
    FROM pg_publication_namespace k JOIN pg_publication p ON p.oid = k.pnpubid WHERE k.pnnspid = ANY (v_all)
  UNION ALL
    SELECT o.ns, 'subscription', true, 'A subscription writes to tables', o.name::text
    FROM object o JOIN pg_subscription_rel k ON o.classid = 'pg_class'::regclass AND k.srrelid = o.objid
  UNION ALL
    -- Only the owner's own grants can be given again on the way back.
    SELECT o.ns, 'handed_on', true, 'Privileges were handed on by others than the owner; grant them as the owner', o.name::text
    FROM object o WHERE EXISTS (SELECT FROM aclexplode(o.acl) a WHERE a.grantor <> o.owner)
  UNION ALL
    SELECT o.ns, 'handed_on', true, 'Privileges were handed on by others than the owner; grant them as the owner', o.name || '.' || a.attname
    FROM object o JOIN pg_attribute a ON o.classid = 'pg_class'::regclass AND a.attrelid = o.objid AND a.attacl IS NOT NULL
    WHERE EXISTS (SELECT FROM aclexplode(a.attacl) g WHERE g.grantor <> o.owner)
  UNION ALL
    SELECT s.oid, 'handed_on', true, 'Privileges were handed on by others than the owner; grant them as the owner', 'the schema itself'
    FROM scope s WHERE EXISTS (SELECT FROM aclexplode(s.nspacl) a WHERE a.grantor <> s.nspowner)
  UNION ALL
    SELECT r.ns, 'names_itself', true, 'Functions name the schema, which gets another name; rely on search_path instead', r.label
    FROM routine r JOIN scope s ON s.oid = r.ns
    WHERE r.prosqlbody IS NULL AND s.nspname IS DISTINCT FROM coalesce(p_to, substring(s.nspname, '^t_[a-z][a-z0-9_]*$')::name)
      AND r.prosrc ~ (s.word || '\s*\.')
  UNION ALL
    SELECT r.ns, 'mentions_itself', false, 'Functions contain the schema''s name as a word; look whether they rely on it', r.label
    FROM routine r JOIN scope s ON s.oid = r.ns
    WHERE r.prosqlbody IS NULL AND r.prosrc ~ (s.word || '(?![[:alnum:]_$])') AND r.prosrc !~ (s.word || '\s*\.')
  UNION ALL
    SELECT r.ns, 'superuser_function', false, 'Functions run as a superuser today and will run as the tenant''s owner', r.label
    FROM routine r WHERE r.prosecdef AND r.rolsuper
  UNION ALL
    SELECT o.ns, 'policy_role', false, 'Policies name roles; the tenant''s new credentials are none of them', p.polname || ' on ' || o.name
    FROM object o JOIN pg_policy p ON o.classid = 'pg_class'::regclass AND p.polrelid = o.objid AND p.polroles <> '{0}'
  UNION ALL
    SELECT o.ns, 'large_objects', false, 'Columns may point to large objects, which belong to no schema and stay as they are', o.name || '.' || a.attname
    FROM object o JOIN pg_attribute a ON o.classid = 'pg_class'::regclass AND a.attrelid = o.objid
      AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'oid'::regtype
    WHERE o.kind = 'TABLE' AND EXISTS (SELECT FROM pg_largeobject_metadata)
  )
  SELECT s.nspname, f.code, f.grave,
    f.lead || ': ' || tenantry.some_of(array_agg(DISTINCT f.item ORDER BY f.item)) || '.'
  FROM found f JOIN scope s ON s.oid = f.ns
  GROUP BY s.nspname, f.code, f.grave, f.lead
  ORDER BY s.nspname, f.grave DESC, f.code;
END $$;
