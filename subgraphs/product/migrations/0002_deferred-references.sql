-- Who replaces the whole catalogue in one transaction may write and delete its rows in any order: references are
-- checked when it commits. drizzle-kit knows no deferred constraints.
ALTER TABLE categories ALTER CONSTRAINT categories_parent_fkey DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
ALTER TABLE products ALTER CONSTRAINT products_category_id_categories_id_fk DEFERRABLE INITIALLY DEFERRED;
