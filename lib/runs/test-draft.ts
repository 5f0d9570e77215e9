import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import type { JsonValue } from "@/lib/values";
import { publishTest } from "@/lib/workflows";
import type { RunDetail } from "./contract";
import { startVersionByHand } from "./start-by-hand";

export interface TestDraft {
  workflowId: string;
  revision?: number | undefined;
  input: Record<string, JsonValue>;
  waitSeconds: number;
}

/** Runs what nobody has deployed, so it takes more than running what somebody has. */
export const testDraft = projectUseCase("workflows.edit", async (ctx, input: TestDraft): Promise<RunDetail> => {
  const version = await inProject(ctx.project.id, (tx) => publishTest(tx, ctx, input));
  return startVersionByHand(version, "test", input);
});
