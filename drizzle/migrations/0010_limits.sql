CREATE TABLE "blobs" (
	"project_id" text NOT NULL,
	"sha256" text NOT NULL,
	"size" bigint NOT NULL,
	"kind" text NOT NULL,
	"stored_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"unused_since" timestamp (3) with time zone,
	CONSTRAINT "blobs_project_id_sha256_pk" PRIMARY KEY("project_id","sha256")
);
--> statement-breakpoint
ALTER TABLE "blobs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "limit_refusals" (
	"project_id" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"limit_name" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "limit_refusals_project_id_hour_limit_name_pk" PRIMARY KEY("project_id","hour","limit_name")
);
--> statement-breakpoint
ALTER TABLE "limit_refusals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "project_limits" (
	"project_id" text PRIMARY KEY NOT NULL,
	"caps" json DEFAULT '{}'::json NOT NULL,
	"chosen" json DEFAULT '{}'::json NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "project_limits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "usage_hours" (
	"project_id" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"completed" integer NOT NULL,
	"failed" integer NOT NULL,
	"canceled" integer NOT NULL,
	"step_ms" bigint NOT NULL,
	CONSTRAINT "usage_hours_project_id_hour_pk" PRIMARY KEY("project_id","hour")
);
--> statement-breakpoint
ALTER TABLE "usage_hours" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "session_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "blobs" ADD CONSTRAINT "blobs_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limit_refusals" ADD CONSTRAINT "limit_refusals_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_limits" ADD CONSTRAINT "project_limits_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_hours" ADD CONSTRAINT "usage_hours_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "blobs_unused" ON "blobs" USING btree ("project_id","unused_since");--> statement-breakpoint
CREATE INDEX "runs_version" ON "runs" USING btree ("workflow_version_id");--> statement-breakpoint
CREATE INDEX "runs_ended" ON "runs" USING btree ("project_id","finished_at") WHERE finished_at is not null;--> statement-breakpoint
ALTER TABLE "projects" DROP COLUMN "retention_days";--> statement-breakpoint
CREATE POLICY "tenant" ON "blobs" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "limit_refusals" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "project_limits" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "usage_hours" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
ALTER TABLE "blobs" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "limit_refusals" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "project_limits" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "usage_hours" FORCE ROW LEVEL SECURITY;