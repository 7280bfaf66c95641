-- Promise: the first broken link of every broken chain: a row whose seq, prev_hash or hash is not what the row before
-- it and its own words demand, or a head that does not match the last row (a tail was cut off). No row: all is well.
CREATE OR REPLACE FUNCTION control.verify_audit(p_chain text DEFAULT NULL)
  RETURNS TABLE (chain text, seq bigint, fault text)
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH link AS (
    SELECT a.chain, a.seq, a.prev_hash, a.hash, control.audit_digest(a) AS digest,
      lag(a.seq, 1, 0::bigint) OVER w AS prev_seq, lag(a.hash, 1, ''::bytea) OVER w AS expected
    FROM control.audit a WHERE p_chain IS NULL OR a.chain = p_chain
    WINDOW w AS (PARTITION BY a.chain ORDER BY a.seq)
  ), broken AS (
    SELECT l.chain, l.seq, CASE
      WHEN l.seq <> l.prev_seq + 1 THEN 'rows are missing before it'
      WHEN l.prev_hash <> l.expected THEN 'it does not continue the row before it'
      ELSE 'its words were changed' END AS fault
    FROM link l WHERE l.seq <> l.prev_seq + 1 OR l.prev_hash <> l.expected OR l.hash <> l.digest
    UNION ALL
    SELECT h.chain, h.seq, 'the end of the chain is missing'
    FROM control.audit_head h
    LEFT JOIN LATERAL (
      SELECT a.seq, a.hash FROM control.audit a WHERE a.chain = h.chain ORDER BY a.seq DESC LIMIT 1) l ON true
    WHERE (p_chain IS NULL OR h.chain = p_chain) AND (l.seq IS DISTINCT FROM h.seq OR l.hash IS DISTINCT FROM h.hash)
  )
  SELECT DISTINCT ON (b.chain) b.chain, b.seq, b.fault FROM broken b ORDER BY b.chain, b.seq
$$;
