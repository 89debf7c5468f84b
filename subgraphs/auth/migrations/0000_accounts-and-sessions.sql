CREATE TYPE "public"."login_attempt_kind" AS ENUM('account', 'address');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('customer', 'staff', 'admin');--> statement-breakpoint
CREATE TABLE "account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" varchar(254) NOT NULL,
	"password_hash" varchar(60) NOT NULL,
	"display_name" varchar(100) NOT NULL,
	"role" "role" DEFAULT 'customer' NOT NULL,
	"phone" varchar(20),
	"locale" varchar(35) DEFAULT 'en' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "account_email_key" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "login_attempt" (
	"kind" "login_attempt_kind" NOT NULL,
	"subject" text NOT NULL,
	"failures" integer NOT NULL,
	"first_failed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "login_attempt_kind_subject_pk" PRIMARY KEY("kind","subject"),
	CONSTRAINT "login_attempt_failures" CHECK ("login_attempt"."failures" > 0)
);
--> statement-breakpoint
CREATE TABLE "refresh_token" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"hash" char(64) NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "refresh_token_hash_key" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "session_id_account_id_key" UNIQUE("id","account_id")
);
--> statement-breakpoint
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_session_fk" FOREIGN KEY ("session_id","account_id") REFERENCES "public"."session"("id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_newest" ON "account" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "account_newest_by_role" ON "account" USING btree ("role","created_at","id");--> statement-breakpoint
CREATE INDEX "login_attempt_oldest" ON "login_attempt" USING btree ("first_failed_at");--> statement-breakpoint
CREATE INDEX "refresh_token_session" ON "refresh_token" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "refresh_token_account" ON "refresh_token" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "session_account" ON "session" USING btree ("account_id");