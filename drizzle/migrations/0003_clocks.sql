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
ALTER TABLE "clocks" ADD CONSTRAINT "clocks_workflow_id_project_id_workflows_id_project_id_fk" FOREIGN KEY ("workflow_id","project_id") REFERENCES "public"."workflows"("id","project_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clocks_project" ON "clocks" USING btree ("project_id");--> statement-breakpoint
CREATE POLICY "tenant" ON "clocks" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
ALTER TABLE "clocks" FORCE ROW LEVEL SECURITY;
