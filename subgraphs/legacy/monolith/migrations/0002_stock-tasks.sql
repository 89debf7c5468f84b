CREATE TABLE "stock_tasks" (
	"order_id" uuid PRIMARY KEY NOT NULL,
	"due_at" timestamp(3) NOT NULL,
	"created_at" timestamp(3) NOT NULL
);
--> statement-breakpoint
CREATE INDEX "stock_tasks_due" ON "stock_tasks" USING btree ("due_at");