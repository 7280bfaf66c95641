-- What a relation is called in a list of differences, such as "table student".
-- Has no settings of its own, so that the planner can put its body in the place of the call.
CREATE OR REPLACE FUNCTION tenantry.relation_label(p_kind "char", p_name name) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE p_kind
    WHEN 'r' THEN 'table ' WHEN 'p' THEN 'table ' WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view '
    WHEN 'S' THEN 'sequence ' WHEN 'f' THEN 'foreign table ' ELSE 'type '
  END || p_name
$$;
