CREATE TABLE "spending" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "spending_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"spent_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"model" text NOT NULL,
	"input_tokens" integer NOT NULL,
	"output_tokens" integer NOT NULL,
	"cost_micros" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "spending_by_time" ON "spending" USING btree ("spent_at");