CREATE TABLE "discarded_files" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "discarded_files_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"sha256" char(64) NOT NULL
);
--> statement-breakpoint
CREATE INDEX "resumes_of_file" ON "resumes" USING btree ("sha256");--> statement-breakpoint
-- Whoever deletes: the service, a cascade, the mover, somebody by hand. See `discardedFiles` in tables.ts.
CREATE FUNCTION discard_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO discarded_files (sha256) VALUES (OLD.sha256);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER resumes_discard_their_files AFTER DELETE ON resumes FOR EACH ROW EXECUTE FUNCTION discard_file();--> statement-breakpoint
-- A crash may have left the file of an upload that was just being completed.
CREATE TRIGGER uploads_discard_their_files AFTER DELETE ON uploads FOR EACH ROW WHEN (OLD.expires_at <= now()) EXECUTE FUNCTION discard_file();
