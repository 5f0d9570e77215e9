import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { listenForEnd } from "./await-end";
import { describeRun } from "./describe";
import { isRunOver } from "./status";

export const showRun = projectUseCase("runs.view", async (ctx, input: { runId: string; waitSeconds: number }) => {
  const read = () => inProject(ctx.project.id, (tx) => describeRun(tx, ctx.project.id, input.runId));
  if (input.waitSeconds === 0) return read();
  const listener = listenForEnd(ctx.project.id, input.runId);
  try {
    const now = await read();
    if (isRunOver(now.state)) return now;
    await listener.wait(input.waitSeconds * 1000);
    return await read();
  } finally {
    listener.close();
  }
});
