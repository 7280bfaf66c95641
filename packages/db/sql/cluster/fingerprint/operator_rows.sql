-- The rarer kinds: operators, operator classes and families, conversions, collations, text search.
CREATE OR REPLACE FUNCTION tenantry.operator_rows(p_scope tenantry.fingerprint_scope[], p_others oid[])
RETURNS SETOF tenantry.fingerprint_row
LANGUAGE plpgsql STABLE ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT s.ns, 'operator ' || o.oid::regoperator, ''::text, ROW(
      tenantry.role_word(o.oprowner, s), o.oprcode, o.oprresult::regtype, nullif(o.oprcom, 0)::regoperator,
      nullif(o.oprnegate, 0)::regoperator, o.oprrest, o.oprjoin, o.oprcanmerge, o.oprcanhash,
      obj_description(o.oid, 'pg_operator')
    )::text
    FROM unnest(p_scope) s JOIN pg_operator o ON o.oprnamespace = s.ns
    WHERE o.oid = ANY (p_others)
  UNION ALL
    SELECT s.ns, format('operator class %s using %s', o.opcname, am.amname), '', ROW(
      tenantry.role_word(o.opcowner, s), o.opcintype::regtype, o.opcdefault, nullif(o.opckeytype, 0)::regtype,
      (SELECT string_agg(ROW(m.amopstrategy, m.amoppurpose, m.amopopr::regoperator)::text, ','
                         ORDER BY m.amopstrategy, m.amoplefttype, m.amoprighttype)
       FROM pg_amop m WHERE m.amopfamily = o.opcfamily),
      (SELECT string_agg(ROW(m.amprocnum, m.amproc::regprocedure)::text, ','
                         ORDER BY m.amprocnum, m.amproclefttype, m.amprocrighttype)
       FROM pg_amproc m WHERE m.amprocfamily = o.opcfamily)
    )::text
    FROM unnest(p_scope) s JOIN pg_opclass o ON o.opcnamespace = s.ns JOIN pg_am am ON am.oid = o.opcmethod
    WHERE o.oid = ANY (p_others)
  UNION ALL
    SELECT s.ns, format('operator family %s using %s', o.opfname, am.amname), '',
      tenantry.role_word(o.opfowner, s)
    FROM unnest(p_scope) s JOIN pg_opfamily o ON o.opfnamespace = s.ns JOIN pg_am am ON am.oid = o.opfmethod
    WHERE o.oid = ANY (p_others)
  UNION ALL
    SELECT s.ns, 'conversion ' || o.conname, '', ROW(
      tenantry.role_word(o.conowner, s), o.conforencoding, o.contoencoding, o.conproc, o.condefault)::text
    FROM unnest(p_scope) s JOIN pg_conversion o ON o.connamespace = s.ns
    WHERE o.oid = ANY (p_others)
  UNION ALL
    -- The locale's column has had three names in four majors.
    SELECT s.ns, 'collation ' || o.collname, '', ROW(
      tenantry.role_word(o.collowner, s), o.collprovider, o.collisdeterministic, o.collcollate, o.collctype,
      coalesce(to_jsonb(o) ->> 'colllocale', to_jsonb(o) ->> 'colliculocale'), to_jsonb(o) ->> 'collicurules',
      obj_description(o.oid, 'pg_collation')
    )::text
    FROM unnest(p_scope) s JOIN pg_collation o ON o.collnamespace = s.ns
    WHERE o.oid = ANY (p_others)
  UNION ALL
    SELECT s.ns, 'text search configuration ' || o.cfgname, '', ROW(
      tenantry.role_word(o.cfgowner, s), p.prsname,
      (SELECT string_agg(ROW(m.maptokentype, m.mapseqno, m.mapdict::regdictionary)::text, ','
                         ORDER BY m.maptokentype, m.mapseqno)
       FROM pg_ts_config_map m WHERE m.mapcfg = o.oid),
      obj_description(o.oid, 'pg_ts_config')
    )::text
    FROM unnest(p_scope) s JOIN pg_ts_config o ON o.cfgnamespace = s.ns JOIN pg_ts_parser p ON p.oid = o.cfgparser
    WHERE o.oid = ANY (p_others)
  UNION ALL
    SELECT s.ns, 'text search dictionary ' || o.dictname, '', ROW(
      tenantry.role_word(o.dictowner, s), t.tmplname, o.dictinitoption, obj_description(o.oid, 'pg_ts_dict'))::text
    FROM unnest(p_scope) s JOIN pg_ts_dict o ON o.dictnamespace = s.ns JOIN pg_ts_template t ON t.oid = o.dicttemplate
    WHERE o.oid = ANY (p_others);
END $$;
