-- Gives the schema tenantry to whom it is meant for: the worker calls the functions that administer, a tenant the four
-- by which it runs its own steps, PUBLIC nothing. Whatever a function is not listed for, only the installer may call.
CREATE OR REPLACE FUNCTION tenantry.grant_access() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_worker text;
  v_tenants text;
  v_function text;
BEGIN
  SELECT quote_ident(worker_role), quote_ident(tenants_role) INTO STRICT v_worker, v_tenants FROM tenantry.installation;
  REVOKE ALL ON SCHEMA tenantry FROM PUBLIC;
  REVOKE ALL ON ALL TABLES IN SCHEMA tenantry FROM PUBLIC;
  REVOKE ALL ON ALL ROUTINES IN SCHEMA tenantry FROM PUBLIC;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO %s, %s', current_database(), v_worker, v_tenants);
  EXECUTE format('GRANT USAGE ON SCHEMA tenantry TO %s, %s', v_worker, v_tenants);
  EXECUTE format('GRANT SELECT ON tenantry.ledger, tenantry.tenant, tenantry.installation TO %s', v_worker);
  FOREACH v_function IN ARRAY ARRAY[
    'create_tenant_roles', 'create_tenant_schema', 'drop_tenant_schema', 'drop_tenant_roles', 'arm', 'disarm',
    'end_sessions', 'end_overdue', 'fingerprint', 'fingerprint_objects', 'fingerprints', 'inventory', 'capacity', 'vitals',
    'set_tenant_logins', 'set_tenant_usage', 'end_app_sessions', 'tenant_access', 'rename_tenant_schema',
    'issue_credentials', 'drop_tenant_objects', 'seal_spare', 'claim_spare', 'reality', 'recall_lane',
    'refit_tenant_roles', 'refit_tenant_access', 'read_logins', 'take_logins', 'whereabouts', 'let_roles_into',
    'adoptable', 'adoption_obstacles', 'begin_adoption', 'adopt_objects', 'adopt_schema', 'end_adopted_sessions',
    'finish_adoption', 'give_back_schema', 'usage_signatures', 'usage_source', 'usage_sessions', 'usage_statements',
    'usage_sizes', 'usage_files',
    'set_tenant_limits', 'end_held_writes', 'tenant_bytes'
  ] LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION tenantry.%I TO %s', v_function, v_worker);
  END LOOP;
  FOREACH v_function IN ARRAY ARRAY['begin_op', 'exec', 'finish', 'silence_triggers'] LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION tenantry.%I TO %s', v_function, v_tenants);
  END LOOP;
END $$;
