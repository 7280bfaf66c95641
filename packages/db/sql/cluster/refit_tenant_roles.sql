-- Gives a tenant its roles again as create_tenant_roles made them: one that was renamed gets its name back, one that is
-- gone is made anew, and each has the attributes, settings and memberships that it is to have, and no other. A login role
-- that is gone stays gone, because nobody knows its password any more: new credentials are issued instead.
-- False when the operation has done it already.
-- TN002  a newer attempt has been recorded
-- TN004  no such tenant
CREATE OR REPLACE FUNCTION tenantry.refit_tenant_roles(p_tenant text, p_operation text, p_fence bigint, p_step text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_group name := (SELECT tenants_role FROM tenantry.installation);
  v_super boolean := (SELECT rolsuper FROM pg_roles WHERE rolname = current_user);
  v_lane tenantry.tenant;
  v_blocked boolean;
  v_role name;
  v_row record;
BEGIN
  IF NOT tenantry.begin_change(p_tenant, p_operation, p_fence, p_step, false) THEN
    RETURN false;
  END IF;
  UPDATE tenantry.tenant t SET
    login_role = (SELECT rolname FROM pg_roles WHERE rolname = t.login_role),
    previous_login_role = (SELECT rolname FROM pg_roles WHERE rolname = t.previous_login_role)
    WHERE tenant_id = p_tenant RETURNING * INTO v_lane;

  -- Locked: whoever holds or releases the tenant meanwhile comes after, and has the last word.
  SELECT writes_blocked INTO v_blocked FROM tenantry.tenant_limit WHERE tenant_id = p_tenant FOR UPDATE;

  -- The app before the writer, who is found by it.
  FOREACH v_role IN ARRAY ARRAY[v_lane.owner_role, v_lane.app_role, v_lane.writer_role] LOOP
    CONTINUE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = v_role);
    v_row := NULL;
    SELECT r.rolname INTO v_row FROM pg_roles r
      JOIN pg_auth_members m ON m.member = r.oid JOIN pg_roles g ON g.oid = m.roleid AND g.rolname = v_group
      WHERE r.rolname !~ '^tn_[0-9a-z]{26}(_w|_app)?$' AND CASE v_role
        WHEN v_lane.writer_role THEN EXISTS (
          SELECT FROM pg_auth_members w JOIN pg_roles a ON a.oid = w.member
          WHERE w.roleid = r.oid AND a.rolname = v_lane.app_role)
        ELSE EXISTS (
          SELECT FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname = v_lane.schema AND a.grantee = r.oid
          HAVING count(*) > 0 AND bool_or(a.privilege_type = 'CREATE') = (v_role = v_lane.owner_role))
      END
      ORDER BY r.oid LIMIT 1;
    IF v_row.rolname IS NOT NULL THEN
      EXECUTE format('ALTER ROLE %I RENAME TO %I', v_row.rolname, v_role);
    ELSE
      EXECUTE format('CREATE ROLE %I NOLOGIN IN ROLE %I', v_role, v_group);
    END IF;
    IF NOT v_super THEN
      EXECUTE format('GRANT %I TO %I', v_role, current_user);
    END IF;
  END LOOP;

  FOR v_row IN
    SELECT r.rolname, r.oid, r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls AS mighty,
      r.rolcanlogin AND r.rolname IN (v_lane.writer_role, v_lane.app_role) AS opened,
      r.rolname = v_lane.previous_login_role AND coalesce(r.rolvaliduntil, 'infinity') = 'infinity' AS endless,
      r.rolname = v_lane.login_role AND r.rolvaliduntil < 'infinity' AS ending,
      CASE WHEN r.rolname IN (v_lane.login_role, v_lane.previous_login_role) THEN ARRAY[v_lane.app_role]
        WHEN r.rolname = v_lane.app_role AND v_blocked IS NOT TRUE THEN ARRAY[v_group, v_lane.writer_role] ELSE ARRAY[v_group] END AS belongs
    FROM pg_roles r WHERE r.rolname IN (
      v_lane.owner_role, v_lane.writer_role, v_lane.app_role, v_lane.login_role, v_lane.previous_login_role)
  LOOP
    IF v_row.mighty THEN
      EXECUTE format('ALTER ROLE %I NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS', v_row.rolname);
    END IF;
    IF v_row.opened THEN
      EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', v_row.rolname);
    END IF;
    IF v_row.endless THEN
      -- As long as a rotation gives: whoever still uses it has an hour to move.
      EXECUTE format('ALTER ROLE %I VALID UNTIL %L', v_row.rolname, clock_timestamp() + interval '1 hour');
    END IF;
    IF v_row.ending THEN
      EXECUTE format('ALTER ROLE %I VALID UNTIL ''infinity''', v_row.rolname);
    END IF;
    IF v_row.rolname NOT IN (v_lane.owner_role, v_lane.writer_role) THEN
      EXECUTE format('ALTER ROLE %I SET search_path = %I', v_row.rolname, v_lane.schema);
    END IF;
    FOREACH v_role IN ARRAY v_row.belongs LOOP
      IF NOT EXISTS (
        SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
        WHERE m.member = v_row.oid AND g.rolname = v_role
      ) THEN
        EXECUTE format('GRANT %I TO %I', v_role, v_row.rolname);
      END IF;
    END LOOP;
  END LOOP;
  EXECUTE format('ALTER ROLE %I CONNECTION LIMIT 2', v_lane.owner_role);
  PERFORM tenantry.close_owner(v_lane.owner_role);
  PERFORM tenantry.revoke_strange_members(v_lane, v_group);
  PERFORM tenantry.hold_writes(v_lane, coalesce(v_blocked, false));
  PERFORM tenantry.apply_role_limits(v_lane);
  PERFORM tenantry.end_change(p_tenant, p_operation, p_fence, p_step, false);
  RETURN true;
END $$;
