CREATE TABLE "registry_check" (
	"id" uuid PRIMARY KEY NOT NULL,
	"graph" text NOT NULL,
	"variant" text NOT NULL,
	"subgraph" text NOT NULL,
	"by" text NOT NULL,
	"git" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"outcome" jsonb
);
--> statement-breakpoint
CREATE TABLE "registry_key" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "registry_key_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"graph" text NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"can" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "registry_key_hash_unique" UNIQUE("hash"),
	CONSTRAINT "registry_key_can" CHECK ("registry_key"."can" in ('read', 'check', 'publish'))
);
--> statement-breakpoint
CREATE TABLE "registry_text" (
	"hash" text PRIMARY KEY NOT NULL,
	"body" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "registry_variant" (
	"graph" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "registry_variant_graph_name_pk" PRIMARY KEY("graph","name")
);
--> statement-breakpoint
CREATE TABLE "registry_version" (
	"graph" text NOT NULL,
	"variant" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"subgraph" text,
	"rolled_back_to" integer,
	"supergraph" text NOT NULL,
	"api" text NOT NULL,
	"contracts" jsonb NOT NULL,
	"by" text NOT NULL,
	"git" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "registry_version_graph_variant_number_pk" PRIMARY KEY("graph","variant","number"),
	CONSTRAINT "registry_version_kind" CHECK ("registry_version"."kind" in ('seed', 'publish', 'delete', 'rollback'))
);
--> statement-breakpoint
CREATE TABLE "registry_version_subgraph" (
	"graph" text NOT NULL,
	"variant" text NOT NULL,
	"number" integer NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"schema" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "registry_version_subgraph_graph_variant_number_name_pk" PRIMARY KEY("graph","variant","number","name")
);
--> statement-breakpoint
ALTER TABLE "registry_version" ADD CONSTRAINT "registry_version_supergraph_registry_text_hash_fk" FOREIGN KEY ("supergraph") REFERENCES "public"."registry_text"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry_version" ADD CONSTRAINT "registry_version_api_registry_text_hash_fk" FOREIGN KEY ("api") REFERENCES "public"."registry_text"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry_version" ADD CONSTRAINT "registry_version_graph_variant_registry_variant_graph_name_fk" FOREIGN KEY ("graph","variant") REFERENCES "public"."registry_variant"("graph","name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry_version_subgraph" ADD CONSTRAINT "registry_version_subgraph_schema_registry_text_hash_fk" FOREIGN KEY ("schema") REFERENCES "public"."registry_text"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry_version_subgraph" ADD CONSTRAINT "registry_version_subgraph_graph_variant_number_registry_version_graph_variant_number_fk" FOREIGN KEY ("graph","variant","number") REFERENCES "public"."registry_version"("graph","variant","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "registry_check_created_at" ON "registry_check" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "registry_key_name" ON "registry_key" USING btree ("graph","name") WHERE "registry_key"."revoked_at" is null;