CREATE FUNCTION move_journal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal of moves is never changed or deleted' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END
$$;--> statement-breakpoint
CREATE TRIGGER move_journal_append_only BEFORE UPDATE OR DELETE ON move_journal
  FOR EACH ROW EXECUTE FUNCTION move_journal_append_only();--> statement-breakpoint
CREATE TRIGGER move_journal_not_truncated BEFORE TRUNCATE ON move_journal
  FOR EACH STATEMENT EXECUTE FUNCTION move_journal_append_only();
