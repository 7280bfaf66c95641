-- Event trigger: lets no member of the tenants' group take the group's privileges away (DROP OWNED BY the group) or
-- attach default privileges to it. PostgreSQL allows every member both; either would reach the other tenants.
-- 42501  the statement touched the group
CREATE OR REPLACE FUNCTION tenantry.refuse_group_changes() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_group oid := (SELECT tenants_role::regrole FROM tenantry.installation);
BEGIN
  IF NOT has_database_privilege(v_group, current_database(), 'CONNECT')
     OR NOT has_schema_privilege(v_group, 'tenantry', 'USAGE')
     OR NOT has_function_privilege(v_group, 'tenantry.begin_op(text, bigint, text)', 'EXECUTE')
     OR NOT has_function_privilege(v_group, 'tenantry.exec(text[])', 'EXECUTE')
     OR NOT has_function_privilege(v_group, 'tenantry.finish(text, text, bytea, jsonb)', 'EXECUTE')
     OR EXISTS (SELECT FROM pg_default_acl WHERE defaclrole = v_group)
  THEN
    RAISE '% may not change the group of all tenants', session_user USING ERRCODE = '42501';
  END IF;
END $$;
