import { createParser } from "eventsource-parser";
import { useEffect, useRef, useState } from "react";
import type { TrialEnd, TrialLine, tryActionContract } from "@/lib/actions/trial/contract";
import { tryActionOperation } from "@/lib/actions/trial/operations";
import { type ApiRequest, callRaw } from "@/lib/http/client";
import { base64Of, type Draft, zipDraft } from "./draft";

export type TrialInput = NonNullable<NonNullable<ApiRequest<typeof tryActionContract>["body"]>["inputs"]>;

export interface TrialState {
  isRunning: boolean;
  log: TrialLine[];
  end: TrialEnd | null;
  error: Error | null;
}

const idle: TrialState = { isRunning: false, log: [], end: null, error: null };

async function follow(
  response: Response,
  told: { log: (lines: TrialLine[]) => void; end: (end: TrialEnd) => void },
): Promise<void> {
  const parser = createParser({
    onEvent({ event, data }) {
      if (event === "log") told.log(JSON.parse(data));
      else if (event === "end") told.end(JSON.parse(data));
    },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return;
    parser.feed(part.value);
  }
}

/** Runs what is being written in the sandbox, and follows it. Leaving the editor stops it. */
export function useTrial(projectId: string) {
  const [state, setState] = useState(idle);
  const aborter = useRef<AbortController>(null);
  useEffect(() => () => aborter.current?.abort(), []);

  async function start(draft: Draft, inputs: TrialInput): Promise<TrialEnd | null> {
    aborter.current?.abort();
    const own = new AbortController();
    aborter.current = own;
    setState({ ...idle, isRunning: true });
    let end: TrialEnd | null = null;
    try {
      const body = { package: base64Of(zipDraft(draft)), inputs };
      const request = { params: { project: projectId }, body };
      const response = await callRaw(tryActionOperation, request, { signal: own.signal });
      await follow(response, {
        log: (lines) => setState((before) => ({ ...before, log: [...before.log, ...lines] })),
        end: (told) => {
          end = told;
          setState({ isRunning: false, log: told.log, end: told, error: null });
        },
      });
      if (!end) throw new Error("The connection was lost before the test had ended.");
    } catch (error) {
      if (own.signal.aborted) return null;
      setState((before) => ({ ...before, isRunning: false, error: error as Error }));
    }
    return end;
  }

  function stop(): void {
    aborter.current?.abort();
    setState((before) => ({
      ...before,
      isRunning: false,
      log: [...before.log, { stream: "system" as const, line: "Stopped." }],
    }));
  }

  return { ...state, start, stop };
}
export type TrialView = ReturnType<typeof useTrial>;
