import { AppError } from "@/lib/errors";

const tooLarge = (maxBytes: number) =>
  new AppError("payload_too_large", `The body is larger than ${maxBytes} bytes, which is the most that is taken here.`);

/** @throws AppError `payload_too_large` where the sender says so itself */
function assertDeclaredSize(request: Request, maxBytes: number): void {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

/** A body to be read piece by piece; reading past the limit fails with `payload_too_large`. */
export function limitBody(request: Request, maxBytes: number): ReadableStream<Uint8Array> | null {
  assertDeclaredSize(request, maxBytes);
  let size = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > maxBytes) controller.error(tooLarge(maxBytes));
      else controller.enqueue(chunk);
    },
  });
  return request.body?.pipeThrough(limit) ?? null;
}

/** Reads a body into memory. @throws AppError `payload_too_large` */
export async function readBody(request: Request, maxBytes: number): Promise<Buffer> {
  assertDeclaredSize(request, maxBytes);
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
