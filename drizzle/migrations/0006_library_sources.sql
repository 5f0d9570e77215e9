CREATE TYPE "public"."source_schedule" AS ENUM('manual', 'hourly', 'daily');--> statement-breakpoint
CREATE TYPE "public"."source_state" AS ENUM('waiting', 'scanning', 'scanned', 'failed');--> statement-breakpoint
CREATE TABLE "sources" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"url" text NOT NULL,
	"branch" text,
	"schedule" "source_schedule" DEFAULT 'manual' NOT NULL,
	"credentials" json,
	"host_keys" text,
	"hook_hash" text,
	"state" "source_state" DEFAULT 'waiting' NOT NULL,
	"problem" text,
	"commit" json,
	"packages" json DEFAULT '[]'::json NOT NULL,
	"scan_requested_at" timestamp (3) with time zone,
	"scanned_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sources_identity" UNIQUE NULLS NOT DISTINCT("project_id","url","branch")
);
--> statement-breakpoint
ALTER TABLE "sources" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sources_hook" ON "sources" USING btree ("project_id","hook_hash");--> statement-breakpoint
CREATE POLICY "tenant" ON "sources" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
ALTER TABLE "sources" FORCE ROW LEVEL SECURITY;