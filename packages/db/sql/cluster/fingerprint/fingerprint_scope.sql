-- The scope of each of the given schemas: its roles from the tenant's lane, its owner as the installer.
CREATE OR REPLACE FUNCTION tenantry.fingerprint_scope(p_schemas name[]) RETURNS SETOF tenantry.fingerprint_scope
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT
    n.oid,
    quote_ident(n.nspname),
    '(?<![[:alnum:]_$])' || quoted.regexp || '\.',
    '(?<![[:alnum:]_$])' || quoted.regexp || '(?![[:alnum:]_$])',
    to_regrole(quote_ident(t.owner_role))::oid,
    to_regrole(quote_ident(t.writer_role))::oid,
    to_regrole(quote_ident(t.app_role))::oid,
    n.nspowner
  FROM pg_namespace n
  LEFT JOIN tenantry.tenant t ON t.schema = n.nspname AND t.dropped_at IS NULL
  CROSS JOIN LATERAL (
    SELECT regexp_replace(quote_ident(n.nspname), '([^[:alnum:]_"])', '\\\1', 'g') AS regexp
  ) quoted
  WHERE n.nspname = ANY (p_schemas)
$$;
