/**
 * The wire format between worker, runnerd and a sandboxed runner: `u32 BE length | u8 kind | payload`, where the
 * length counts kind and payload. Kind 1 is UTF-8 JSON, kind 2 a chunk: `u32 BE stream | bytes`.
 */
export const maxFrameBytes = 16 * 1024 * 1024;

export const frameKinds = { json: 1, chunk: 2 } as const;

export type Frame = { kind: "json"; text: string } | { kind: "chunk"; stream: number; bytes: Buffer };

export class ProtocolError extends Error {
  override name = "ProtocolError";
}

/** `isText`: the message is JSON text already. */
export function encodeJson(message: unknown, isText = false): Buffer {
  const payload = Buffer.from(isText ? (message as string) : JSON.stringify(message));
  const head = Buffer.allocUnsafe(5);
  head.writeUInt32BE(payload.length + 1, 0);
  head[4] = frameKinds.json;
  return Buffer.concat([head, payload]);
}

export function encodeChunk(stream: number, bytes: Uint8Array): Buffer {
  const head = Buffer.allocUnsafe(9);
  head.writeUInt32BE(bytes.byteLength + 5, 0);
  head[4] = frameKinds.chunk;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, bytes]);
}

/** Cuts a byte stream into frames. */
export class FrameDecoder {
  private pending: Buffer[] = [];
  private pendingBytes = 0;

  /** @throws ProtocolError for a frame that is too long, empty or of an unknown kind */
  *push(bytes: Buffer): Generator<Frame> {
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
    while (this.pendingBytes >= 5) {
      const head = this.peek(5);
      const length = head.readUInt32BE(0);
      if (length < 1 || length > maxFrameBytes) throw new ProtocolError(`a frame of ${length} bytes`);
      if (this.pendingBytes < length + 4) return;
      const frame = this.take(length + 4);
      yield this.decode(frame[4] ?? 0, frame.subarray(5));
    }
  }

  private decode(kind: number, payload: Buffer): Frame {
    if (kind === frameKinds.json) return { kind: "json", text: payload.toString("utf8") };
    if (kind === frameKinds.chunk && payload.length >= 4) {
      return { kind: "chunk", stream: payload.readUInt32BE(0), bytes: payload.subarray(4) };
    }
    throw new ProtocolError(`a frame of kind ${kind}`);
  }

  private peek(count: number): Buffer {
    const first = this.pending[0] as Buffer;
    if (first.length >= count) return first;
    this.pending = [Buffer.concat(this.pending)];
    return this.pending[0] as Buffer;
  }

  private take(count: number): Buffer {
    if ((this.pending[0] as Buffer).length < count) this.pending = [Buffer.concat(this.pending)];
    const first = this.pending[0] as Buffer;
    this.pendingBytes -= count;
    if (first.length === count) this.pending.shift();
    else this.pending[0] = first.subarray(count);
    return first.subarray(0, count);
  }
}
