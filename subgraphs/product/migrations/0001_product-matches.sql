-- The products that a search text finds, each with its rank (times 1,000,000, so that it fits into a cursor
-- exactly). Words match as English; what is misspelt matches when it is at least 0.4 alike to a part of the name.
-- The threshold belongs to the function, because only `<%` can use the index of trigrams, and `<%` reads it from
-- a setting.
CREATE FUNCTION product_matches(search_text text)
RETURNS TABLE (product_id uuid, rank integer)
LANGUAGE sql STABLE
SET pg_trgm.word_similarity_threshold = 0.4
AS $$
  SELECT p.id,
    round((ts_rank(p.search_document, q.words)
      + word_similarity(lower(search_text), lower(p.name)))::numeric * 1000000)::integer
  FROM products p, websearch_to_tsquery('english', search_text) AS q (words)
  WHERE p.search_document @@ q.words OR lower(search_text) <% lower(p.name)
$$;
