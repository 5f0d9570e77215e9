import { publicUseCase } from "@/lib/auth";
import { hashToken } from "@/lib/crypto/tokens";
import { inProject } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { openProjectAsSystem } from "@/lib/projects";
import { projectOfHook } from "./hook-token";
import { scanSource } from "./scan-source";
import { findSourceByHook } from "./store";

/** The link is the permission; a branch that has not moved costs one question to its server. */
export const callSourceHook = publicUseCase(async (_ctx, input: { token: string }) => {
  const projectId = projectOfHook(input.token);
  const sourceId =
    projectId && (await inProject(projectId, (tx) => findSourceByHook(tx, projectId, hashToken(input.token))));
  if (!projectId || !sourceId) throw notFound("The link");
  await scanSource(openProjectAsSystem("source-hook", projectId), { sourceId });
});
