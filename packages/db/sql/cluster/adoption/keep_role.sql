-- Makes a role that the product logs in as a member of the tenant's application role, so that its credentials go on. It
-- ends with the application role. Only a role that may use the schema today: adopting lets nobody in.
-- TN030  the role cannot be kept
CREATE OR REPLACE FUNCTION tenantry.keep_role(p_lane tenantry.tenant, p_schema oid, p_role name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_role pg_roles;
BEGIN
  SELECT * INTO v_role FROM pg_roles WHERE rolname = p_role;
  IF v_role.oid IS NULL OR NOT v_role.rolcanlogin THEN
    RAISE 'the role % cannot be kept: there is no such login', p_role USING ERRCODE = 'TN030';
  END IF;
  IF v_role.rolsuper OR p_role ~ '^(tn_[0-9a-z]{26}|tenantry_|pg_)' THEN
    RAISE 'the role % cannot be kept: it is a superuser or Tenantry''s own', p_role
      USING ERRCODE = 'TN030', HINT = 'Let the product log in as a role of its own first.';
  END IF;
  IF NOT has_schema_privilege(v_role.oid, p_schema, 'USAGE') THEN
    RAISE 'the role % cannot be kept: it may not use the schema today', p_role
      USING ERRCODE = 'TN030', HINT = 'Adopting lets nobody in who was not in before.';
  END IF;
  IF current_setting('server_version_num')::integer >= 160000 THEN
    EXECUTE format('GRANT %I TO %I WITH INHERIT TRUE', p_lane.app_role, p_role);
  ELSIF v_role.rolinherit THEN
    EXECUTE format('GRANT %I TO %I', p_lane.app_role, p_role);
  ELSE
    RAISE 'the role % cannot be kept: it is NOINHERIT', p_role
      USING ERRCODE = 'TN030', HINT = 'ALTER ROLE … INHERIT, or move to PostgreSQL 16.';
  END IF;
END $$;
