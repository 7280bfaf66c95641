-- Makes the tenant's lane and its three roles: the owner, who runs migrations and can log in only while armed; the
-- writer, who holds INSERT and UPDATE, so that one REVOKE of it blocks writing; the app, who logs in for the product.
-- p_moving: the tenant comes from elsewhere. From another Tenantry database of this server its roles come along: that
-- database has let them in, see let_roles_into. False when the operation has done it already.
-- TN002  stale attempt
-- TN003  the id or the schema is not a name of ours
-- TN005  the roles exist and are not a moving tenant's, or the schema belongs to another tenant
CREATE OR REPLACE FUNCTION tenantry.create_tenant_roles(
  p_tenant text, p_schema text, p_operation text, p_fence bigint, p_moving boolean DEFAULT false
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_owner name := p_tenant;
  v_writer name := p_tenant || '_w';
  v_app name := p_tenant || '_app';
  v_group name := (SELECT tenants_role FROM tenantry.installation);
BEGIN
  PERFORM tenantry.require_names(p_tenant, p_schema);
  PERFORM tenantry.refuse_taken_schema(p_tenant, p_schema);
  INSERT INTO tenantry.tenant (tenant_id, schema, owner_role, writer_role, app_role)
    VALUES (p_tenant, p_schema, v_owner, v_writer, v_app)
    ON CONFLICT (tenant_id) DO NOTHING;
  IF NOT tenantry.enter_step(p_tenant, p_operation, p_fence, 'roles') THEN
    RETURN false;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname IN (v_owner, v_writer, v_app)) THEN
    IF NOT p_moving OR 3 <> (
      SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member
      WHERE m.roleid = v_group::text::regrole AND r.rolname IN (v_owner, v_writer, v_app)
    ) THEN
      RAISE 'the roles of tenant % exist already', p_tenant
        USING ERRCODE = 'TN005', HINT = 'Another operation or another database of this server made them.';
    END IF;
  ELSE
    EXECUTE format('CREATE ROLE %I NOLOGIN CONNECTION LIMIT 2 IN ROLE %I', v_owner, v_group);
    EXECUTE format('CREATE ROLE %I NOLOGIN IN ROLE %I', v_writer, v_group);
    EXECUTE format('CREATE ROLE %I NOLOGIN IN ROLE %I, %I', v_app, v_group, v_writer);
    EXECUTE format('ALTER ROLE %I SET search_path = %I', v_app, p_schema);
  END IF;
  -- Without superuser, the privileges of a role can be managed only by one of its members.
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT %I, %I, %I TO %I', v_owner, v_writer, v_app, current_user);
  END IF;
  PERFORM tenantry.reset_role_settings(v_owner);

  UPDATE tenantry.tenant SET schema = p_schema, dropped_at = NULL WHERE tenant_id = p_tenant;
  PERFORM tenantry.record_step(p_tenant, p_operation, p_fence, 'roles');
  RETURN true;
END $$;
