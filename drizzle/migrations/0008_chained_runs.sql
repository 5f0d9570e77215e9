ALTER TYPE "public"."event_outcome" ADD VALUE 'ignored' BEFORE 'rejected';--> statement-breakpoint
CREATE TABLE "followers" (
	"project_id" text NOT NULL,
	"workflow_id" text NOT NULL,
	"workflow_version_id" text NOT NULL,
	"followed_id" text,
	"states" text[] NOT NULL,
	CONSTRAINT "followers_workflow_id_pk" PRIMARY KEY("workflow_id")
);
--> statement-breakpoint
ALTER TABLE "followers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "uptimes" (
	"since" timestamp (3) with time zone PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "parent_run_id" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "parent_node" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "depth" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "is_followed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "trigger_events" ADD COLUMN "missed_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "trigger_events" ADD COLUMN "missed_count" integer;--> statement-breakpoint
ALTER TABLE "followers" ADD CONSTRAINT "followers_workflow_id_project_id_workflows_id_project_id_fk" FOREIGN KEY ("workflow_id","project_id") REFERENCES "public"."workflows"("id","project_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "followers_project" ON "followers" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "runs_children" ON "runs" USING btree ("project_id","parent_run_id") WHERE parent_run_id is not null;--> statement-breakpoint
CREATE INDEX "runs_followed" ON "runs" USING btree ("project_id") WHERE is_followed;--> statement-breakpoint
CREATE POLICY "tenant" ON "followers" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
ALTER TABLE "followers" FORCE ROW LEVEL SECURITY;
