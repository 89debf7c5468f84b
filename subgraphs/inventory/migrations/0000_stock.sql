CREATE TYPE "public"."movement_kind" AS ENUM('RECEIVED', 'ADJUSTED', 'SHIPPED', 'RETURNED');--> statement-breakpoint
CREATE TYPE "public"."reservation_status" AS ENUM('HELD', 'COMMITTED', 'RELEASED', 'RETURNED');--> statement-breakpoint
CREATE TABLE "reservation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"status" "reservation_status" DEFAULT 'HELD' NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reservation_order_key" UNIQUE("order_id")
);
--> statement-breakpoint
CREATE TABLE "reservation_line" (
	"reservation_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"quantity" integer NOT NULL,
	CONSTRAINT "reservation_line_reservation_id_product_id_warehouse_id_pk" PRIMARY KEY("reservation_id","product_id","warehouse_id"),
	CONSTRAINT "reservation_line_quantity" CHECK ("reservation_line"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "stock_level" (
	"product_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"on_hand" integer DEFAULT 0 NOT NULL,
	"reserved" integer DEFAULT 0 NOT NULL,
	"available" integer GENERATED ALWAYS AS (on_hand - reserved) STORED NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "stock_level_product_id_warehouse_id_pk" PRIMARY KEY("product_id","warehouse_id"),
	CONSTRAINT "stock_level_not_negative" CHECK ("stock_level"."reserved" >= 0 and "stock_level"."on_hand" >= "stock_level"."reserved")
);
--> statement-breakpoint
CREATE TABLE "stock_movement" (
	"id" uuid PRIMARY KEY NOT NULL,
	"product_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"kind" "movement_kind" NOT NULL,
	"delta" integer NOT NULL,
	"reason" varchar(200),
	"order_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "stock_movement_direction" CHECK (case "stock_movement"."kind" when 'ADJUSTED' then "stock_movement"."delta" <> 0 when 'SHIPPED' then "stock_movement"."delta" < 0 else "stock_movement"."delta" > 0 end)
);
--> statement-breakpoint
CREATE TABLE "warehouse" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" varchar(10) NOT NULL,
	"name" varchar(100) NOT NULL,
	CONSTRAINT "warehouse_code_key" UNIQUE("code")
);
--> statement-breakpoint
ALTER TABLE "reservation_line" ADD CONSTRAINT "reservation_line_reservation_id_reservation_id_fk" FOREIGN KEY ("reservation_id") REFERENCES "public"."reservation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reservation_line" ADD CONSTRAINT "reservation_line_level_fkey" FOREIGN KEY ("product_id","warehouse_id") REFERENCES "public"."stock_level"("product_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_level" ADD CONSTRAINT "stock_level_warehouse_id_warehouse_id_fk" FOREIGN KEY ("warehouse_id") REFERENCES "public"."warehouse"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_movement" ADD CONSTRAINT "stock_movement_level_fkey" FOREIGN KEY ("product_id","warehouse_id") REFERENCES "public"."stock_level"("product_id","warehouse_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reservation_expiry" ON "reservation" USING btree ("expires_at") WHERE "reservation"."status" = 'HELD';--> statement-breakpoint
CREATE INDEX "stock_level_lowest" ON "stock_level" USING btree ("available","product_id","warehouse_id");--> statement-breakpoint
CREATE INDEX "stock_movement_newest" ON "stock_movement" USING btree ("product_id","created_at","id");--> statement-breakpoint
CREATE VIEW "public"."stock_fault" AS (
  select product_id, warehouse_id, on_hand, coalesce(moved, 0)::integer as moved,
    reserved, coalesce(promised, 0)::integer as promised
  from stock_level
  left join (
    select product_id, warehouse_id, sum(delta) as moved from stock_movement group by 1, 2
  ) ledger using (product_id, warehouse_id)
  left join (
    select product_id, warehouse_id, sum(quantity) as promised
    from reservation_line join reservation on id = reservation_id
    where status = 'HELD' group by 1, 2
  ) held using (product_id, warehouse_id)
  where (on_hand, reserved) is distinct from (coalesce(moved, 0), coalesce(promised, 0)));