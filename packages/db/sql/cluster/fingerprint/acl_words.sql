-- Privileges as words, in one order; null when they are what PostgreSQL gives by default, said or unsaid.
-- p_kind is the kind of object that acldefault knows, null for default privileges, which have no default of their own.
-- MAINTAIN, new in 17, is left out where it is part of all eight, so that the same GRANT ALL reads the same on 15.
CREATE OR REPLACE FUNCTION tenantry.acl_words(
  p_acl aclitem[], p_kind "char", p_owner oid, p_scope tenantry.fingerprint_scope
) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH words AS (
    SELECT said.is_default, string_agg(item.word, ',' ORDER BY item.word COLLATE "C") AS line
    FROM (
      SELECT false, p_acl UNION ALL SELECT true, acldefault(p_kind, p_owner) WHERE p_kind IS NOT NULL
    ) said (is_default, acl)
    CROSS JOIN LATERAL (
      SELECT
        concat_ws(' ', tenantry.role_word(e.grantee, p_scope), e.privilege_type, e.is_grantable,
                  tenantry.role_word(e.grantor, p_scope)) AS word,
        e.privilege_type,
        count(*) OVER (PARTITION BY e.grantor, e.grantee) AS privileges
      FROM aclexplode(said.acl) e
    ) item
    WHERE NOT (item.privilege_type = 'MAINTAIN' AND item.privileges >= 8)
    GROUP BY said.is_default
  )
  SELECT nullif(
    coalesce((SELECT line FROM words WHERE NOT is_default), 'none'),
    CASE WHEN p_kind IS NOT NULL THEN coalesce((SELECT line FROM words WHERE is_default), 'none') END
  )
$$;
