CREATE TYPE "public"."event_outcome" AS ENUM('pending', 'started', 'duplicate', 'rejected', 'limited');--> statement-breakpoint
CREATE TABLE "clocks" (
	"project_id" text NOT NULL,
	"workflow_id" text NOT NULL,
	"workflow_version_id" text,
	"settings" json NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "clocks_workflow_id_pk" PRIMARY KEY("workflow_id")
);
--> statement-breakpoint
ALTER TABLE "clocks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "trigger_events" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"workflow_id" text NOT NULL,
	"workflow_version_id" text,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"occurred_at" timestamp (3) with time zone,
	"kind" text NOT NULL,
	"identity" text NOT NULL,
	"digest" text,
	"outcome" "event_outcome" NOT NULL,
	"run_id" text,
	"reason" text,
	"input" json,
	"redelivery_of" text
);
--> statement-breakpoint
ALTER TABLE "trigger_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "clocks" ADD CONSTRAINT "clocks_workflow_id_project_id_workflows_id_project_id_fk" FOREIGN KEY ("workflow_id","project_id") REFERENCES "public"."workflows"("id","project_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trigger_events" ADD CONSTRAINT "trigger_events_workflow_id_project_id_workflows_id_project_id_fk" FOREIGN KEY ("workflow_id","project_id") REFERENCES "public"."workflows"("id","project_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clocks_project" ON "clocks" USING btree ("project_id");--> statement-breakpoint
CREATE UNIQUE INDEX "trigger_events_claim" ON "trigger_events" USING btree ("project_id","workflow_id","identity") WHERE outcome in ('pending', 'started');--> statement-breakpoint
CREATE INDEX "trigger_events_list" ON "trigger_events" USING btree ("project_id","workflow_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE POLICY "tenant" ON "clocks" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "trigger_events" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
ALTER TABLE "trigger_events" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "clocks" FORCE ROW LEVEL SECURITY;
