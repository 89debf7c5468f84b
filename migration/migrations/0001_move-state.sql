CREATE TABLE "move_change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "move_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"move" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL,
	"before" jsonb,
	"after" jsonb NOT NULL,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "move_state" (
	"move" text PRIMARY KEY NOT NULL,
	"stage" text NOT NULL,
	"read_percent" double precision NOT NULL,
	"write_percent" double precision NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" text NOT NULL,
	CONSTRAINT "move_state_stage" CHECK ("move_state"."stage" in ('legacy', 'sync', 'shadow', 'canary', 'cutover', 'soak', 'sealed')),
	CONSTRAINT "move_state_read_percent" CHECK ("move_state"."read_percent" between 0 and 100),
	CONSTRAINT "move_state_write_percent" CHECK ("move_state"."write_percent" between 0 and 100),
	CONSTRAINT "move_state_writes_together" CHECK ("move_state"."move" not in ('auth', 'product', 'inventory') or "move_state"."write_percent" in (0, 100))
);
--> statement-breakpoint
CREATE TABLE "move_state_version" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "move_state_version_only" CHECK ("move_state_version"."only")
);
