import type { ReactNode } from "react";
import type { ActionVersionResource } from "@/lib/actions/contract";
import type { WorkflowNode } from "@/lib/workflows/definition/schema";
import type { FixedControls } from "../input-field";
import { CronControl } from "./cron-control";
import { MomentControl } from "./moment-control";
import { Upcoming } from "./upcoming";
import { ZoneControl } from "./zone-control";

/** Those of a clock's settings that have a control of their own, by their names. */
export const clockControls: FixedControls = { foreach: CronControl, timezone: ZoneControl, at: MomentControl };

const timing = ["foreach", "days", "hours", "minutes", "seconds", "at", "timezone"];
const rest = ["missed", "missed_window", "overlap", "jitter"];

/** A clock's settings: when, what comes of it, and what happens when that cannot be kept. */
export function ClockSettings({
  node,
  action,
  inputs,
}: {
  node: WorkflowNode;
  action: ActionVersionResource;
  inputs: (names: readonly string[]) => ReactNode;
}) {
  return (
    <>
      {inputs(timing)}
      <Upcoming node={node} action={action} />
      <section aria-label="When it cannot be on time" className="flex flex-col gap-5 border-line border-t pt-4">
        <h3 className="font-medium text-sm">When it cannot be on time</h3>
        {inputs(rest)}
      </section>
    </>
  );
}
