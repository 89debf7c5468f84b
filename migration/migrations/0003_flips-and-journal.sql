CREATE TABLE "move_flip" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "move_flip_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"move" text NOT NULL,
	"buckets" integer[] NOT NULL,
	"to_side" text NOT NULL,
	"epoch" bigint NOT NULL,
	"step" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"started_by" text NOT NULL,
	"reason" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"evidence" jsonb,
	CONSTRAINT "move_flip_to_side" CHECK ("move_flip"."to_side" in ('legacy', 'new')),
	CONSTRAINT "move_flip_step" CHECK ("move_flip"."step" in ('begun', 'moving', 'drained', 'compared', 'opened', 'done', 'reopened'))
);
--> statement-breakpoint
CREATE TABLE "move_journal" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "move_journal_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"move" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"action" text NOT NULL,
	"step" text NOT NULL,
	"reason" text,
	"evidence" jsonb
);
--> statement-breakpoint
CREATE TABLE "move_lock" (
	"move" text PRIMARY KEY NOT NULL,
	"runner" text NOT NULL,
	"beat_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "move_flip_under_way" ON "move_flip" USING btree ("move") WHERE "move_flip"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "move_journal_move" ON "move_journal" USING btree ("move","action","id");