import { Client, Connection } from "@temporalio/client";
import type { PayloadCodec } from "@temporalio/common";
import { runWorkflowId } from "@/lib/temporal/ids";
import { instance } from "./instance";

/** Everything that Temporal has written down about a run, as bytes in one text: no codec of ours reads it. */
export async function rawHistoryOf(projectId: string, runId: string): Promise<string> {
  const { temporalAddress, namespace } = instance();
  const connection = await Connection.connect({ address: temporalAddress });
  try {
    const workflowId = runWorkflowId(projectId, runId);
    const { history } = await connection.workflowService.getWorkflowExecutionHistory({
      namespace,
      execution: { workflowId },
    });
    const events = history?.events ?? [];
    if (events.length === 0) throw new Error("Temporal has no history of the run.");
    const texts: string[] = [];
    const walk = (value: unknown): void => {
      if (value instanceof Uint8Array) texts.push(Buffer.from(value).toString("latin1"));
      else if (typeof value === "string") texts.push(value);
      else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) walk(part);
    };
    walk(events);
    return texts.join("\n");
  } finally {
    await connection.close();
  }
}

export interface TemporalConnection {
  client: Client;
  close: () => Promise<void>;
}

/** What the instance wrote is sealed: read as nothing. */
const blind: PayloadCodec = {
  encode: async (payloads) => payloads,
  decode: async (payloads) => payloads.map(() => ({ metadata: { encoding: Buffer.from("binary/null") }, data: null })),
};

/** The instance's own Temporal, as its operator sees it. */
export async function connectTemporal(): Promise<TemporalConnection> {
  const { temporalAddress, namespace } = instance();
  const connection = await Connection.connect({ address: temporalAddress });
  const dataConverter = { payloadCodecs: [blind] };
  return { client: new Client({ connection, namespace, dataConverter }), close: () => connection.close() };
}
