CREATE TABLE "action_grants" (
	"project_id" text NOT NULL,
	"action_id" text NOT NULL,
	"policy" text NOT NULL,
	"hosts" jsonb NOT NULL,
	"granted_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "action_grants_project_id_action_id_pk" PRIMARY KEY("project_id","action_id")
);
--> statement-breakpoint
ALTER TABLE "action_grants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "progress" json;--> statement-breakpoint
ALTER TABLE "action_grants" ADD CONSTRAINT "action_grants_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "tenant" ON "action_grants" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
ALTER TABLE "action_grants" FORCE ROW LEVEL SECURITY;
