/** What a trial's stream says, for whoever reads or writes one. Pure, and without the schemas' library. */

/** What Temporal carries in one piece, with room for the inputs. */
export const maxTrialPackageBytes = 1024 * 1024;

/** `build` is what installing the dependencies says; the others are the handler's. */
export const trialLogStreams = ["build", "stdout", "stderr", "system"] as const;
export const trialEndKinds = ["completed", "failed", "canceled"] as const;

/** `log` carries lines, `end` how it ended. */
export type TrialEvent = "log" | "end";

/** Lines and ends of one trial are told to whoever waits for it, over this. */
export const trialPayload = (projectId: string, trialId: string) => `${projectId}/${trialId}`;
