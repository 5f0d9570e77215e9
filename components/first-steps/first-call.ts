import { quote } from "@/components/workflows/shell-quote";
import { callApi } from "@/lib/http/client";
import { createKeyOperation } from "@/lib/keys/operations";

export interface FirstCall {
  method: string;
  url: string;
  /** Null where the project asks for none, or where it is not known any more. */
  key: string | null;
  body: Record<string, unknown>;
}

/** A line to paste into a terminal as it is. */
export function firstCurl({ method, url, key, body }: FirstCall): string {
  return [
    `curl -X ${method} ${quote(url)}`,
    ...(key ? [`-H ${quote(`Authorization: Bearer ${key}`)}`] : []),
    `-H 'Content-Type: application/json'`,
    `-d ${quote(JSON.stringify(body))}`,
  ].join(" \\\n  ");
}

export interface FirstAnswer {
  status: number;
  text: string;
}

/** Makes the same call from the page. */
export async function callFirst({ method, url, key, body }: FirstCall): Promise<FirstAnswer> {
  const answer = await fetch(new URL(url).pathname, {
    method,
    headers: { "Content-Type": "application/json", ...(key && { Authorization: `Bearer ${key}` }) },
    body: JSON.stringify(body),
  });
  return { status: answer.status, text: readable(await answer.text()) };
}

function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A key for the first call; it is shown once. */
export async function makeKey(projectId: string): Promise<string> {
  // Each name is taken once, and examples may be tried more often.
  const at = new Date().toISOString().slice(0, 19).replace("T", " ");
  const body = { name: `First steps ${at}` };
  return (await callApi(createKeyOperation, { params: { project: projectId }, body })).key;
}
