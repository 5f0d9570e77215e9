import { callRaw } from "@/lib/http/client";
import { readRunValueOperation } from "@/lib/runs/operations";

/** However large a value is, no more of it than this is fetched to be looked at. */
export const maxPreviewBytes = 512 * 1024;

export interface Beginning {
  text: string;
  isWhole: boolean;
}

/** A stored value's first part as text; the transfer is broken off after it. */
export async function readBeginning(
  params: { project: string; run: string; blob: string },
  signal: AbortSignal,
): Promise<Beginning> {
  const aborter = new AbortController();
  signal.addEventListener("abort", () => aborter.abort());
  const response = await callRaw(readRunValueOperation, { params }, { signal: aborter.signal });
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  while (reader && size < maxPreviewBytes) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), isWhole: true };
    size += value.byteLength;
    text += decoder.decode(value, { stream: true });
  }
  aborter.abort();
  return { text, isWhole: false };
}
