CREATE TYPE "public"."action_kind" AS ENUM('trigger', 'action');--> statement-breakpoint
CREATE TYPE "public"."action_version_state" AS ENUM('pending', 'building', 'built', 'failed');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('admin', 'developer', 'operator', 'viewer');--> statement-breakpoint
CREATE TYPE "public"."log_stream" AS ENUM('stdout', 'stderr', 'system');--> statement-breakpoint
CREATE TYPE "public"."run_state" AS ENUM('queued', 'running', 'completed', 'failed', 'canceled');--> statement-breakpoint
CREATE TYPE "public"."step_state" AS ENUM('queued', 'running', 'completed', 'failed', 'canceled', 'skipped');--> statement-breakpoint
CREATE TABLE "identities" (
	"provider" text NOT NULL,
	"provider_account_id" text NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identities_provider_provider_account_id_pk" PRIMARY KEY("provider","provider_account_id")
);
--> statement-breakpoint
CREATE TABLE "personal_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "personal_tokens_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text,
	"password_hash" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "action_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"action_id" text NOT NULL,
	"version" text NOT NULL,
	"kind" "action_kind" NOT NULL,
	"source" text NOT NULL,
	"content_hash" text NOT NULL,
	"package_blob" text NOT NULL,
	"package_size" bigint NOT NULL,
	"interface" json NOT NULL,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"state" "action_version_state" DEFAULT 'pending' NOT NULL,
	"build_error" text,
	"deps_hash" text,
	"lock" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"built_at" timestamp (3) with time zone,
	CONSTRAINT "action_versions_tenant" UNIQUE("id","project_id"),
	CONSTRAINT "action_versions_identity" UNIQUE("project_id","action_id","version")
);
--> statement-breakpoint
ALTER TABLE "action_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "build_logs" (
	"project_id" text NOT NULL,
	"action_version_id" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"line" text NOT NULL,
	CONSTRAINT "build_logs_action_version_id_seq_pk" PRIMARY KEY("action_version_id","seq")
);
--> statement-breakpoint
ALTER TABLE "build_logs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"target" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "memberships" (
	"project_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" "role" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_project_id_user_id_pk" PRIMARY KEY("project_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "memberships" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "projects" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"require_key" boolean DEFAULT true NOT NULL,
	"sandbox_number" serial NOT NULL,
	"retention_days" integer DEFAULT 30 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "projects" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"workflow_id" text NOT NULL,
	"workflow_version_id" text NOT NULL,
	"state" "run_state" DEFAULT 'queued' NOT NULL,
	"source" text NOT NULL,
	"input" json NOT NULL,
	"result" json,
	"error" json,
	"http_status" integer,
	"answered_status" integer,
	"api_key_id" text,
	"replay_of" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"cancel_requested_at" timestamp (3) with time zone,
	CONSTRAINT "runs_tenant" UNIQUE("id","project_id")
);
--> statement-breakpoint
ALTER TABLE "runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "step_attempts" (
	"project_id" text NOT NULL,
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"error" json,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "step_attempts_run_id_node_id_attempt_pk" PRIMARY KEY("run_id","node_id","attempt")
);
--> statement-breakpoint
ALTER TABLE "step_attempts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "step_logs" (
	"project_id" text NOT NULL,
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"stream" "log_stream" NOT NULL,
	"line" text NOT NULL,
	CONSTRAINT "step_logs_run_id_node_id_attempt_seq_pk" PRIMARY KEY("run_id","node_id","attempt","seq")
);
--> statement-breakpoint
ALTER TABLE "step_logs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "steps" (
	"project_id" text NOT NULL,
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"state" "step_state" NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"inputs" json,
	"outputs" json,
	"error" json,
	"isolation" text,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"logs_partial" boolean DEFAULT false NOT NULL,
	CONSTRAINT "steps_run_id_node_id_pk" PRIMARY KEY("run_id","node_id")
);
--> statement-breakpoint
ALTER TABLE "steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "variables" (
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"secret" boolean DEFAULT false NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"value" json NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "variables_project_id_name_pk" PRIMARY KEY("project_id","name")
);
--> statement-breakpoint
ALTER TABLE "variables" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workers" (
	"id" text PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"sandbox" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "endpoints" (
	"project_id" text NOT NULL,
	"workflow_id" text NOT NULL,
	"workflow_version_id" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"shape" text NOT NULL,
	CONSTRAINT "endpoints_workflow_id_pk" PRIMARY KEY("workflow_id"),
	CONSTRAINT "endpoints_route" UNIQUE("project_id","method","shape")
);
--> statement-breakpoint
ALTER TABLE "endpoints" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workflow_version_actions" (
	"project_id" text NOT NULL,
	"workflow_version_id" text NOT NULL,
	"action_version_id" text NOT NULL,
	CONSTRAINT "workflow_version_actions_workflow_version_id_action_version_id_pk" PRIMARY KEY("workflow_version_id","action_version_id")
);
--> statement-breakpoint
ALTER TABLE "workflow_version_actions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workflow_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"workflow_id" text NOT NULL,
	"number" integer NOT NULL,
	"definition" json NOT NULL,
	"plan" json NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workflow_versions_tenant" UNIQUE("id","project_id"),
	CONSTRAINT "workflow_versions_number" UNIQUE("workflow_id","number")
);
--> statement-breakpoint
ALTER TABLE "workflow_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workflows" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"definition" json NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"live_version_id" text,
	"last_version_number" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workflows_tenant" UNIQUE("id","project_id")
);
--> statement-breakpoint
ALTER TABLE "workflows" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "personal_tokens" ADD CONSTRAINT "personal_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action_versions" ADD CONSTRAINT "action_versions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "build_logs" ADD CONSTRAINT "build_logs_action_version_id_project_id_action_versions_id_project_id_fk" FOREIGN KEY ("action_version_id","project_id") REFERENCES "public"."action_versions"("id","project_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workflow_version_id_project_id_workflow_versions_id_project_id_fk" FOREIGN KEY ("workflow_version_id","project_id") REFERENCES "public"."workflow_versions"("id","project_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workflow_id_project_id_workflows_id_project_id_fk" FOREIGN KEY ("workflow_id","project_id") REFERENCES "public"."workflows"("id","project_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_attempts" ADD CONSTRAINT "step_attempts_run_id_project_id_runs_id_project_id_fk" FOREIGN KEY ("run_id","project_id") REFERENCES "public"."runs"("id","project_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_logs" ADD CONSTRAINT "step_logs_run_id_project_id_runs_id_project_id_fk" FOREIGN KEY ("run_id","project_id") REFERENCES "public"."runs"("id","project_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_run_id_project_id_runs_id_project_id_fk" FOREIGN KEY ("run_id","project_id") REFERENCES "public"."runs"("id","project_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variables" ADD CONSTRAINT "variables_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_workflow_version_id_project_id_workflow_versions_id_project_id_fk" FOREIGN KEY ("workflow_version_id","project_id") REFERENCES "public"."workflow_versions"("id","project_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflow_version_actions" ADD CONSTRAINT "workflow_version_actions_workflow_version_id_project_id_workflow_versions_id_project_id_fk" FOREIGN KEY ("workflow_version_id","project_id") REFERENCES "public"."workflow_versions"("id","project_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflow_versions" ADD CONSTRAINT "workflow_versions_workflow_id_project_id_workflows_id_project_id_fk" FOREIGN KEY ("workflow_id","project_id") REFERENCES "public"."workflows"("id","project_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "personal_tokens_user" ON "personal_tokens" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_unique" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "build_logs_project" ON "build_logs" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "audit_entries_list" ON "audit_entries" USING btree ("project_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_name_unique" ON "api_keys" USING btree ("project_id","name") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "api_keys_hash" ON "api_keys" USING btree ("project_id","hash");--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "runs_list" ON "runs" USING btree ("project_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "runs_list_by_workflow" ON "runs" USING btree ("project_id","workflow_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "runs_open" ON "runs" USING btree ("project_id","created_at") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "workflow_version_actions_action" ON "workflow_version_actions" USING btree ("project_id","action_version_id");--> statement-breakpoint
CREATE INDEX "workflows_project" ON "workflows" USING btree ("project_id","updated_at");--> statement-breakpoint
CREATE POLICY "tenant" ON "action_versions" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "build_logs" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "audit_entries" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "api_keys" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "memberships" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]) or user_id = (select current_setting('millrace.user_id', true))) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "projects" AS PERMISSIVE FOR ALL TO public USING (id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]) or id in (select project_id from memberships where user_id = (select current_setting('millrace.user_id', true)))) WITH CHECK (id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "system_directory" ON "projects" AS PERMISSIVE FOR SELECT TO public USING ((select current_setting('millrace.system', true)) = 'on');--> statement-breakpoint
CREATE POLICY "tenant" ON "runs" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "step_attempts" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "step_logs" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "steps" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "variables" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "endpoints" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "workflow_version_actions" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "workflow_versions" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));--> statement-breakpoint
CREATE POLICY "tenant" ON "workflows" AS PERMISSIVE FOR ALL TO public USING (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[])) WITH CHECK (project_id = any ((select string_to_array(current_setting('millrace.project_ids', true), ','))::text[]));