import { Context } from "@temporalio/activity";
import { AppError } from "@/lib/errors";
import { openProjectAsSystem } from "@/lib/projects";
import { scanSource as requestScan } from "@/lib/sources";
import { reachableByEnvironment } from "../action-runtime/network/reachable";
import { scanSource } from "../sources/scan-source";

const heartbeatMs = 1_000;

export interface SourceInput {
  projectId: string;
  sourceId: string;
}

export function createSourceActivities() {
  const reachable = reachableByEnvironment();
  return {
    /** @returns whether another scan was asked for meanwhile */
    async scanSource({ projectId, sourceId }: SourceInput): Promise<boolean> {
      const context = Context.current();
      const beat = setInterval(() => context.heartbeat(), heartbeatMs);
      try {
        return await scanSource(projectId, sourceId, reachable, context.cancellationSignal);
      } finally {
        clearInterval(beat);
      }
    },

    async requestScan({ projectId, sourceId }: SourceInput): Promise<void> {
      await requestScan(openProjectAsSystem("schedule", projectId), { sourceId }).catch((error) => {
        // It was removed, and its schedule is about to be.
        if (!(error instanceof AppError) || error.code !== "not_found") throw error;
      });
    },
  };
}
