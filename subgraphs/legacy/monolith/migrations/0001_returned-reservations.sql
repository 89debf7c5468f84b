ALTER TABLE "stock_reservations" DROP CONSTRAINT "stock_reservations_state";--> statement-breakpoint
ALTER TABLE "stock_reservations" ADD CONSTRAINT "stock_reservations_state" CHECK ("stock_reservations"."state" in ('H','C','R','B'));--> statement-breakpoint
-- What had come back before the state was known.
UPDATE "stock_reservations" SET "state" = 'B' WHERE "state" = 'C' AND "order_id" IN (SELECT "order_id" FROM "sales_orders" WHERE "status" = 'RETD');
