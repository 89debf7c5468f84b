CREATE TABLE "resume_deletions" (
	"resume_id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"deleted_by" uuid,
	"size_bytes" integer NOT NULL,
	"reviews" integer NOT NULL,
	"deleted_at" timestamp(3) NOT NULL
);
