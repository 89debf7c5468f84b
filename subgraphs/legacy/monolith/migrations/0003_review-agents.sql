ALTER TABLE "ai_reviews" ADD COLUMN "idem_key" varchar(100);--> statement-breakpoint
ALTER TABLE "ai_reviews" ADD COLUMN "agent_runs" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "ai_reviews" ADD CONSTRAINT "ai_reviews_idem_key" UNIQUE("resume_id","idem_key");