CREATE FUNCTION move_pin_announce() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  next bigint;
BEGIN
  UPDATE move_state_version SET version = version + 1 RETURNING version INTO STRICT next;
  PERFORM pg_notify('move_state', next::text);
  RETURN NULL;
END
$$;--> statement-breakpoint
-- A pin that is only made anew is known to everybody: it says nothing else than before.
CREATE TRIGGER move_pin_announce AFTER INSERT OR DELETE ON move_pin
  FOR EACH ROW EXECUTE FUNCTION move_pin_announce();--> statement-breakpoint
CREATE TRIGGER move_pin_announce_change AFTER UPDATE ON move_pin
  FOR EACH ROW WHEN (OLD.move <> NEW.move OR OLD.bucket IS DISTINCT FROM NEW.bucket OR OLD.side IS DISTINCT FROM NEW.side)
  EXECUTE FUNCTION move_pin_announce();
