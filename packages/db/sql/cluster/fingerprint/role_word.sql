-- The role's part in the tenant ($owner, $writer, $app, $installer), PUBLIC for none, or else its name.
-- Has no settings of its own, so that the planner can put its body in the place of the call.
CREATE OR REPLACE FUNCTION tenantry.role_word(p_role oid, p_scope tenantry.fingerprint_scope) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT CASE p_role
    WHEN p_scope.owner THEN '$owner'
    WHEN p_scope.writer THEN '$writer'
    WHEN p_scope.app THEN '$app'
    WHEN p_scope.installer THEN '$installer'
    WHEN 0 THEN 'PUBLIC'
    ELSE pg_catalog.pg_get_userbyid(p_role)::text
  END
$$;
