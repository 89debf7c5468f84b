-- The ledger says what happened: nothing in it changes. Only a transaction that copies the rows of another database
-- may, after `SET LOCAL moves.copying = 'on'` (which is '' in a session that had it before).
CREATE FUNCTION stock_movement_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('moves.copying', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION 'stock movements are never changed or deleted: write one that corrects the others'
      USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN CASE TG_OP WHEN 'UPDATE' THEN NEW ELSE OLD END;
END
$$;--> statement-breakpoint
CREATE TRIGGER stock_movement_append_only BEFORE UPDATE OR DELETE ON stock_movement
  FOR EACH ROW EXECUTE FUNCTION stock_movement_append_only();--> statement-breakpoint
CREATE TRIGGER stock_movement_not_truncated BEFORE TRUNCATE ON stock_movement
  FOR EACH STATEMENT EXECUTE FUNCTION stock_movement_append_only();
