import { useEffect, useState } from "react";

/** How far a run has come, as whoever holds its link is told. */
export type Result =
  | { state: "running" }
  | { state: "values"; values: Record<string, unknown> }
  | { state: "file"; name: string }
  | { state: "failed"; message: string };

/** One question waits for the end; the next follows at once. */
const waitSeconds = 20;
const retryMs = 2_000;

function fileNameOf(disposition: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return encoded ? decodeURIComponent(encoded) : "result";
}

async function readAnswer(answer: Response): Promise<Result> {
  if (answer.status === 202) return { state: "running" };
  if (!answer.ok) {
    const { message } = (await answer.json().catch(() => ({}))) as { message?: string };
    return { state: "failed", message: message ?? "The result could not be read." };
  }
  const disposition = answer.headers.get("content-disposition");
  if (disposition) {
    await answer.body?.cancel();
    return { state: "file", name: fileNameOf(disposition) };
  }
  return { state: "values", values: (await answer.json()) as Record<string, unknown> };
}

const pause = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, retryMs);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener("abort", stop, { once: true });
  });

async function follow(path: string, signal: AbortSignal, onResult: (result: Result) => void): Promise<void> {
  while (!signal.aborted) {
    try {
      const result = await readAnswer(await fetch(`${path}&wait=${waitSeconds}`, { signal }));
      if (signal.aborted) return;
      onResult(result);
      if (result.state !== "running") return;
    } catch {
      // The connection was lost, or the page is left: the run goes on either way.
      await pause(signal);
    }
  }
}

/** The result behind a link, which fills in by itself when the run has ended. */
export function useResult(path: string): Result {
  const [result, setResult] = useState<Result>({ state: "running" });
  useEffect(() => {
    const leaving = new AbortController();
    setResult({ state: "running" });
    void follow(path, leaving.signal, setResult);
    return () => leaving.abort();
  }, [path]);
  return result;
}
