CREATE TABLE "deletions" (
	"resume_id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"deleted_by" uuid,
	"byte_size" integer NOT NULL,
	"reviews" integer NOT NULL,
	"deleted_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "idempotency_key" varchar(100);--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "agent_runs" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_idempotency_key" UNIQUE("resume_id","idempotency_key");