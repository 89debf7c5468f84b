CREATE TABLE "usage_day" (
	"graph_ref" text NOT NULL,
	"day" date NOT NULL,
	"requests" bigint NOT NULL,
	"left_out" bigint NOT NULL,
	"rows" bigint NOT NULL,
	CONSTRAINT "usage_day_graph_ref_day_pk" PRIMARY KEY("graph_ref","day")
);
--> statement-breakpoint
CREATE TABLE "usage_field" (
	"graph_ref" text NOT NULL,
	"signature" text NOT NULL,
	"type" text NOT NULL,
	"field" text NOT NULL,
	CONSTRAINT "usage_field_graph_ref_signature_type_field_pk" PRIMARY KEY("graph_ref","signature","type","field")
);
--> statement-breakpoint
CREATE TABLE "usage_operation" (
	"graph_ref" text NOT NULL,
	"signature" text NOT NULL,
	"name" text NOT NULL,
	"body" text,
	"first_seen" timestamp (3) with time zone NOT NULL,
	"last_seen" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "usage_operation_graph_ref_signature_pk" PRIMARY KEY("graph_ref","signature")
);
--> statement-breakpoint
CREATE TABLE "usage_report" (
	"digest" "bytea" PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_request" (
	"graph_ref" text NOT NULL,
	"day" date NOT NULL,
	"signature" text NOT NULL,
	"client_name" text NOT NULL,
	"client_version" text NOT NULL,
	"requests" bigint NOT NULL,
	"errors" bigint NOT NULL,
	"last_seen" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "usage_request_graph_ref_day_signature_client_name_client_version_pk" PRIMARY KEY("graph_ref","day","signature","client_name","client_version")
);
--> statement-breakpoint
ALTER TABLE "usage_field" ADD CONSTRAINT "usage_field_operation" FOREIGN KEY ("graph_ref","signature") REFERENCES "public"."usage_operation"("graph_ref","signature") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_request" ADD CONSTRAINT "usage_request_operation" FOREIGN KEY ("graph_ref","signature") REFERENCES "public"."usage_operation"("graph_ref","signature") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "usage_field_by_name" ON "usage_field" USING btree ("graph_ref","type","field");--> statement-breakpoint
CREATE INDEX "usage_report_received" ON "usage_report" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "usage_request_by_operation" ON "usage_request" USING btree ("graph_ref","signature");