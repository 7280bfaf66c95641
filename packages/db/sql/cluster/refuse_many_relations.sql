-- Event trigger: refuses the relation that is one too many for its tenant, whoever makes it and by whatever command.
-- A tenant that is over its limit, because that was lowered, may go on changing what it has.
-- TN032  the tenant's limit of relations is reached
-- 40001  the transaction is REPEATABLE READ and somebody else has made a relation meanwhile
CREATE OR REPLACE FUNCTION tenantry.refuse_many_relations() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_one record;
  v_before bigint;
  v_now bigint;
BEGIN
  FOR v_one IN
    SELECT l.tenant_id, l.relations, n.oid AS ns, n.nspname FROM tenantry.tenant_limit l
    JOIN tenantry.tenant t ON t.tenant_id = l.tenant_id AND t.dropped_at IS NULL
    JOIN pg_namespace n ON n.nspname = t.schema
    -- What is dropped is named by no command: an owner's own schema is always looked at.
    WHERE l.relations IS NOT NULL AND (t.owner_role = session_user
      OR t.schema::text IN (SELECT c.schema_name FROM pg_event_trigger_ddl_commands() c))
    ORDER BY l.tenant_id
  LOOP
    INSERT INTO tenantry.relation_tally (tenant_id, relations) VALUES (v_one.tenant_id, 0) ON CONFLICT DO NOTHING;
    SELECT y.relations INTO v_before FROM tenantry.relation_tally y WHERE y.tenant_id = v_one.tenant_id FOR UPDATE;
    v_now := tenantry.relation_count(v_one.ns);
    IF v_now > v_one.relations AND v_now > v_before THEN
      RAISE 'the schema % may have % relations, and this would be number %', v_one.nspname, v_one.relations, v_now
        USING ERRCODE = 'TN032', HINT = 'Drop what is no longer needed, or have the limit of relations raised.';
    END IF;
    UPDATE tenantry.relation_tally SET relations = v_now WHERE tenant_id = v_one.tenant_id;
  END LOOP;
END $$;
