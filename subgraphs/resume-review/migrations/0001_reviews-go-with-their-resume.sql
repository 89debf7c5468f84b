-- What a foreign key with ON DELETE CASCADE would do, without its check: see `reviews` in tables.ts.
CREATE FUNCTION delete_reviews_of_resume() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM reviews WHERE resume_id = OLD.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER resumes_take_their_reviews AFTER DELETE ON resumes FOR EACH ROW EXECUTE FUNCTION delete_reviews_of_resume();
