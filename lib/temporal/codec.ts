import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import type { Payload, PayloadCodec } from "@temporalio/common";
import proto from "@temporalio/proto";
import { open, seal } from "@/lib/crypto/cipher";

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;
const encoding = "binary/millrace";
const encodingBytes = Buffer.from(encoding);
const compressFromBytes = 1024;
const flags = { plain: 0, deflated: 1 } as const;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Compresses and encrypts what goes to Temporal: its histories and its own screens show nothing of users' values. */
export class EncryptionCodec implements PayloadCodec {
  constructor(private readonly key: Buffer) {}

  encode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.all(payloads.map((payload) => this.encodeOne(payload)));
  }

  decode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.all(payloads.map((payload) => this.decodeOne(payload)));
  }

  private async encodeOne(payload: Payload): Promise<Payload> {
    const bytes = PayloadMessage.encode(payload).finish();
    const small = bytes.length < compressFromBytes;
    const body = small ? bytes : await deflate(bytes);
    const sealed = seal(this.key, Buffer.concat([Buffer.from([small ? flags.plain : flags.deflated]), body]));
    return { metadata: { encoding: encodingBytes }, data: sealed };
  }

  private async decodeOne(payload: Payload): Promise<Payload> {
    if (Buffer.from(payload.metadata?.encoding ?? []).toString() !== encoding || !payload.data) return payload;
    const opened = open(this.key, payload.data);
    const body = opened.subarray(1);
    return PayloadMessage.decode(opened[0] === flags.deflated ? await inflate(body) : body);
  }
}
