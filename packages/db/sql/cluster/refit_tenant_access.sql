-- Gives a tenant's schema its owner and its privileges again as create_tenant_schema made them, and takes away what was
-- given besides. A role that was made anew has no privilege on any table: it gets all that it would have by default.
-- False when the operation has done it already.
-- TN002  a newer attempt has been recorded
-- TN004  no such tenant, or no schema
-- TN005  the owner of another tenant may create in this schema: which of the two is whose is not for us to say
CREATE OR REPLACE FUNCTION tenantry.refit_tenant_access(p_tenant text, p_operation text, p_fence bigint, p_step text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
  v_schema record;
  v_row record;
  v_future text;
BEGIN
  IF NOT tenantry.begin_change(p_tenant, p_operation, p_fence, p_step, false) THEN
    RETURN false;
  END IF;
  SELECT * INTO v_lane FROM tenantry.tenant WHERE tenant_id = p_tenant;
  SELECT n.oid, n.nspname, n.nspowner, n.nspacl, r.rolsuper INTO v_schema
    FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner WHERE n.nspname = v_lane.schema;
  IF NOT FOUND THEN
    RAISE 'tenant % has no schema %', p_tenant, v_lane.schema USING ERRCODE = 'TN004', HINT = 'Bring it back from a backup.';
  END IF;
  IF EXISTS (
    SELECT FROM aclexplode(v_schema.nspacl) a JOIN pg_roles r ON r.oid = a.grantee
    JOIN tenantry.tenant o ON o.owner_role = r.rolname AND o.dropped_at IS NULL AND o.tenant_id <> p_tenant
    WHERE a.privilege_type = 'CREATE'
  ) THEN
    RAISE 'another tenant may create in %', v_lane.schema
      USING ERRCODE = 'TN005', HINT = 'Find out whose schema it is, and take the privilege from the other one.';
  END IF;

  IF NOT v_schema.rolsuper AND v_schema.nspowner <> (SELECT oid FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('ALTER SCHEMA %I OWNER TO %I', v_lane.schema, current_user);
  END IF;
  FOR v_row IN
    SELECT DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(r.rolname) END AS grantee
    FROM pg_namespace n CROSS JOIN aclexplode(n.nspacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE n.oid = v_schema.oid AND a.grantee <> n.nspowner AND (r.rolname IS NULL OR r.rolname <> v_lane.owner_role)
      AND (r.rolname IS NULL OR r.rolname <> v_lane.app_role OR a.privilege_type = 'CREATE')
  LOOP
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %s CASCADE', v_lane.schema, v_row.grantee);
  END LOOP;
  EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO %I', v_lane.schema, v_lane.owner_role);
  v_future := format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT ', v_lane.owner_role, v_lane.schema);
  EXECUTE v_future || format('INSERT, UPDATE ON TABLES TO %I', v_lane.writer_role);
  EXECUTE v_future || format('SELECT, DELETE, TRUNCATE ON TABLES TO %I', v_lane.app_role);
  EXECUTE v_future || format('USAGE, SELECT ON SEQUENCES TO %I', v_lane.app_role);
  EXECUTE v_future || format('EXECUTE ON FUNCTIONS TO %I', v_lane.app_role);

  FOR v_row IN
    SELECT r.rolname, r.rolname = v_lane.writer_role AS writes FROM pg_roles r
    WHERE r.rolname IN (v_lane.writer_role, v_lane.app_role) AND NOT EXISTS (
      SELECT FROM pg_class c CROSS JOIN aclexplode(c.relacl) a WHERE c.relnamespace = v_schema.oid AND a.grantee = r.oid)
  LOOP
    IF v_row.writes THEN
      EXECUTE format('GRANT INSERT, UPDATE ON ALL TABLES IN SCHEMA %I TO %I', v_lane.schema, v_row.rolname);
    ELSE
      EXECUTE format('GRANT SELECT, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA %I TO %I', v_lane.schema, v_row.rolname);
      EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO %I', v_lane.schema, v_row.rolname);
      EXECUTE format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %I TO %I', v_lane.schema, v_row.rolname);
    END IF;
  END LOOP;
  PERFORM tenantry.end_change(p_tenant, p_operation, p_fence, p_step, false);
  RETURN true;
END $$;
