/**
 * Witnesses in the databases: they note what must never happen at the moment it does, also where the end result would
 * look as if nothing had been. They refuse nothing.
 */
const notebook = `
  create schema chaos;
  create table chaos.broken (at timestamptz not null default clock_timestamp(), what text not null);`

export const watchCluster = `${notebook}
  create function chaos.watch_lane() returns trigger language plpgsql security definer as $$
  begin
    if new.fence < old.fence or new.undone_fence < old.undone_fence then
      insert into chaos.broken (what) values (format('the fence of %s went back from %s to %s', old.tenant_id, old.fence, new.fence));
    end if;
    return new;
  end $$;
  create trigger chaos_watches before update on tenantry.tenant for each row execute function chaos.watch_lane();
  create function chaos.watch_ledger() returns trigger language plpgsql security definer as $$
  declare
    v_fence bigint := (select fence from tenantry.tenant where tenant_id = new.tenant_id);
  begin
    if new.fence < v_fence then
      insert into chaos.broken (what) values (format('stale: %s of %s wrote under fence %s, the tenant is at %s', new.step, new.operation_id, new.fence, v_fence));
    end if;
    -- Held until the transaction ends: only who overlaps another one of the same tenant does not get it.
    if not pg_try_advisory_xact_lock(hashtextextended('chaos ' || new.tenant_id, 0)) then
      insert into chaos.broken (what) values (format('two transactions at once on %s: %s of %s', new.tenant_id, new.step, new.operation_id));
    end if;
    return null;
  end $$;
  create trigger chaos_watches after insert on tenantry.ledger for each row execute function chaos.watch_ledger();`

export const watchControl = `${notebook}
  create function chaos.watch_operation() returns trigger language plpgsql security definer as $$
  begin
    if new.attempt < old.attempt then
      insert into chaos.broken (what) values (format('the attempt of %s went back from %s to %s', old.id, old.attempt, new.attempt));
    end if;
    if old.finished_at is not null and (new.state, new.result, new.attempt) is distinct from (old.state, old.result, old.attempt) then
      insert into chaos.broken (what) values (format('doubled: %s changed after its end', old.id));
    end if;
    return new;
  end $$;
  create trigger chaos_watches before update on control.operation for each row execute function chaos.watch_operation();
  create function chaos.watch_tenant() returns trigger language plpgsql security definer as $$
  begin
    if new.fence < old.fence then
      insert into chaos.broken (what) values (format('the registry''s fence of %s went back from %s to %s', old.id, old.fence, new.fence));
    end if;
    return new;
  end $$;
  create trigger chaos_watches before update on control.tenant for each row execute function chaos.watch_tenant();`
