import { Context } from "@temporalio/activity";
import { Lease } from "../listening/lease";
import { type ListenEnd, type ListenerDependencies, listen } from "../listening/listen";

export interface ListenerActivityDependencies extends ListenerDependencies {
  /** The queue of what listens on this worker. */
  listenerQueue: string;
}

export interface ListenerRef {
  projectId: string;
  workflowId: string;
}

export function createListenerActivities(deps: ListenerActivityDependencies) {
  return {
    /** Where this worker itself would listen. */
    listenerQueue: async (): Promise<string> => deps.listenerQueue,

    /** Listens for a workflow until its trigger ends or fails, or another version is live. */
    async listen(ref: ListenerRef): Promise<ListenEnd> {
      const lease = new Lease(Context.current());
      try {
        return await listen(deps, ref, lease);
      } finally {
        lease.release();
      }
    },
  };
}
