-- Leaves nothing in this database to PUBLIC by which one tenant reaches another or the worker: connecting, temporary
-- objects, the schema public, large objects (they belong to no schema), advisory locks (shared by all), notifications
-- and messages to the log. Run at every installation; changes nothing the second time.
-- Without superuser, functions of pg_catalog keep their privileges (a warning each), and no event trigger can be made.
CREATE OR REPLACE FUNCTION tenantry.harden_database() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_function regprocedure;
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  IF to_regnamespace('public') IS NOT NULL THEN
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
  END IF;
  FOR v_function IN
    SELECT p.oid FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND p.proname ~ '^(lo_.*|loread|lowrite|pg_(try_)?advisory_.*|pg_notify|pg_logical_emit_message)$'
      AND has_function_privilege('public', p.oid, 'EXECUTE')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', v_function);
  END LOOP;
  DROP EVENT TRIGGER IF EXISTS tenantry_refuse_group_defaults;
  DROP EVENT TRIGGER IF EXISTS tenantry_refuse_many_locks;
  DROP EVENT TRIGGER IF EXISTS tenantry_refuse_many_drops;
  DROP EVENT TRIGGER IF EXISTS tenantry_refuse_many_relations;
  DROP EVENT TRIGGER IF EXISTS tenantry_refuse_loose_writes;
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    CREATE EVENT TRIGGER tenantry_refuse_group_defaults ON ddl_command_end
      WHEN TAG IN ('ALTER DEFAULT PRIVILEGES')
      EXECUTE FUNCTION tenantry.refuse_group_defaults();
    -- Also where triggers are silenced: see silence_triggers.
    ALTER EVENT TRIGGER tenantry_refuse_group_defaults ENABLE ALWAYS;
    CREATE EVENT TRIGGER tenantry_refuse_many_locks ON ddl_command_end
      WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'CREATE INDEX', 'CREATE SEQUENCE', 'CREATE VIEW',
        'CREATE MATERIALIZED VIEW', 'CREATE TYPE', 'CREATE FUNCTION', 'ALTER TABLE')
      EXECUTE FUNCTION tenantry.refuse_many_locks();
    CREATE EVENT TRIGGER tenantry_refuse_many_drops ON sql_drop
      EXECUTE FUNCTION tenantry.refuse_many_locks();
    ALTER EVENT TRIGGER tenantry_refuse_many_locks ENABLE ALWAYS;
    ALTER EVENT TRIGGER tenantry_refuse_many_drops ENABLE ALWAYS;
    -- Of every command: one that is forgotten in a list would be the way around the limit.
    CREATE EVENT TRIGGER tenantry_refuse_many_relations ON ddl_command_end
      EXECUTE FUNCTION tenantry.refuse_many_relations();
    ALTER EVENT TRIGGER tenantry_refuse_many_relations ENABLE ALWAYS;
    CREATE EVENT TRIGGER tenantry_refuse_loose_writes ON ddl_command_end
      WHEN TAG IN ('GRANT', 'ALTER DEFAULT PRIVILEGES')
      EXECUTE FUNCTION tenantry.refuse_loose_writes();
    ALTER EVENT TRIGGER tenantry_refuse_loose_writes ENABLE ALWAYS;
  ELSE
    RAISE WARNING 'the installer is no superuser: nothing stops a script of a tenant from taking all locks of the server, or from passing its limit of relations';
  END IF;
END $$;
