CREATE TABLE "move_side" (
	"move" text PRIMARY KEY NOT NULL,
	"side" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "move_side_side" CHECK ("move_side"."side" in ('legacy', 'new'))
);
