CREATE TABLE "uptimes" (
	"since" timestamp (3) with time zone PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "trigger_events" ADD COLUMN "missed_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "trigger_events" ADD COLUMN "missed_count" integer;