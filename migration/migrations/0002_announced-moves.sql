INSERT INTO move_state_version (version) VALUES (0);--> statement-breakpoint
-- Whoever changes a state waits here for whoever changed one before: versions are committed in their order.
CREATE FUNCTION move_state_number() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  next bigint;
BEGIN
  UPDATE move_state_version SET version = version + 1 RETURNING version INTO STRICT next;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  NEW.version := next;
  RETURN NEW;
END
$$;--> statement-breakpoint
CREATE TRIGGER move_state_number BEFORE INSERT OR UPDATE OR DELETE ON move_state
  FOR EACH ROW EXECUTE FUNCTION move_state_number();--> statement-breakpoint
CREATE FUNCTION move_state_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('move_state', (SELECT version::text FROM move_state_version));
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER move_state_announce AFTER INSERT OR UPDATE OR DELETE ON move_state
  FOR EACH STATEMENT EXECUTE FUNCTION move_state_announce();--> statement-breakpoint
CREATE FUNCTION move_change_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the changes of moves are never changed or deleted' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END
$$;--> statement-breakpoint
CREATE TRIGGER move_change_append_only BEFORE UPDATE OR DELETE ON move_change
  FOR EACH ROW EXECUTE FUNCTION move_change_append_only();--> statement-breakpoint
CREATE TRIGGER move_change_not_truncated BEFORE TRUNCATE ON move_change
  FOR EACH STATEMENT EXECUTE FUNCTION move_change_append_only();
