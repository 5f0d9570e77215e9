import { callRaw } from "@/lib/http/client";
import { readRunValueOperation } from "@/lib/runs/operations";

export interface Beginning {
  text: string;
  isWhole: boolean;
}

export interface ValuePlace {
  project: string;
  run: string;
  blob: string;
}

/** A stored value's first bytes as text; the transfer is broken off after them, however large the value is. */
export async function readBeginning(params: ValuePlace, maxBytes: number, signal: AbortSignal): Promise<Beginning> {
  return beginningOf(await callRaw(readRunValueOperation, { params }, { signal }), maxBytes);
}

/** The same of any answer. */
export async function beginningOf({ body }: Response, maxBytes: number): Promise<Beginning> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    const part = value.subarray(0, maxBytes - size);
    size += value.byteLength;
    text += decoder.decode(part, { stream: true });
    if (size <= maxBytes) continue;
    await reader.cancel();
    return { text, isWhole: false };
  }
  return { text: text + decoder.decode(), isWhole: true };
}

const pdfMark = "%PDF-";

/** A stored PDF, as one that the page itself vouches for: whatever is in it, browsers take it for nothing else. */
export async function readPdf(params: ValuePlace, signal: AbortSignal): Promise<Blob> {
  const bytes = await (await callRaw(readRunValueOperation, { params }, { signal })).arrayBuffer();
  // Some programs write a few bytes before it, and all readers put up with that.
  if (!new TextDecoder("latin1").decode(bytes.slice(0, 1_024)).includes(pdfMark))
    throw new Error("This is no PDF, whatever its name says. Download it to see what it is.");
  return new Blob([bytes], { type: "application/pdf" });
}
