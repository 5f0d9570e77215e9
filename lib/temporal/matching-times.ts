import proto from "@temporalio/proto";
import { env } from "@/lib/env";
import { temporalClient } from "./client";

const { Timestamp } = proto.google.protobuf;

const timestampOf = (at: Date) => Timestamp.fromObject({ seconds: Math.floor(at.getTime() / 1000) });

/** How many times, which are whole seconds, a schedule has from one moment to another, both included; the server tells of a thousand at most. */
export async function countMatchingTimes(scheduleId: string, from: Date, to: Date): Promise<number> {
  const client = await temporalClient();
  const { startTime } = await client.workflowService.listScheduleMatchingTimes({
    namespace: env().TEMPORAL_NAMESPACE,
    scheduleId,
    // The server begins after this one.
    startTime: timestampOf(new Date(Math.ceil(from.getTime() / 1000) * 1000 - 1_000)),
    endTime: timestampOf(to),
  });
  return startTime?.length ?? 0;
}
