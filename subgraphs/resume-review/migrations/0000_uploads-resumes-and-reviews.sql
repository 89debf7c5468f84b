CREATE TYPE "public"."review_status" AS ENUM('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED');--> statement-breakpoint
CREATE TABLE "resumes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"filename" varchar(200) NOT NULL,
	"content_type" varchar(100) NOT NULL,
	"byte_size" integer NOT NULL,
	"sha256" char(64) NOT NULL,
	"uploaded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resume_id" uuid NOT NULL,
	"job_description" text,
	"status" "review_status" NOT NULL,
	"overall_score" smallint,
	"sections" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"failure_reason" text,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	CONSTRAINT "reviews_end" CHECK (("reviews"."status" in ('QUEUED', 'RUNNING')) = ("reviews"."completed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"filename" varchar(200) NOT NULL,
	"content_type" varchar(100) NOT NULL,
	"byte_size" integer NOT NULL,
	"sha256" char(64) NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "resumes_of_owner" ON "resumes" USING btree ("owner_id","uploaded_at","id");--> statement-breakpoint
CREATE INDEX "reviews_of_resume" ON "reviews" USING btree ("resume_id","requested_at","id");--> statement-breakpoint
CREATE INDEX "reviews_in_work" ON "reviews" USING btree ("requested_at") WHERE "reviews"."completed_at" is null;--> statement-breakpoint
CREATE INDEX "uploads_of_owner" ON "uploads" USING btree ("owner_id","expires_at");--> statement-breakpoint
CREATE INDEX "uploads_by_expiry" ON "uploads" USING btree ("expires_at");