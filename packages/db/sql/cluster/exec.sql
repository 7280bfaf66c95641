-- Runs the statements one after the other as the caller, and throws their rows away. Inside EXECUTE the server itself
-- refuses transaction control and COPY from or to the client (0A000), so a script can neither commit by itself nor
-- flood the worker. A failing statement is found in the error's context by the number that is put behind it.
CREATE OR REPLACE FUNCTION tenantry.exec(p_statements text[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  FOR v_number IN 1 .. pg_catalog.cardinality(p_statements) LOOP
    EXECUTE pg_catalog.concat(p_statements[v_number], E'\n-- statement ', v_number);
  END LOOP;
END $$;
