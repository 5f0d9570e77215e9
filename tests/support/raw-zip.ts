import { crc32, deflateRawSync } from "node:zlib";

interface RawEntry {
  name: string;
  content: Buffer;
  /** The Unix mode with its file type. */
  mode?: number;
}

const regularFile = 0o100644;

function headerOf({ name, content, packed }: RawEntry & { packed: Buffer }): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x800, 2);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}

/** A zip as no honest tool writes it: names that climb, links, entries that stand twice. */
export function rawZip(entries: RawEntry[]): Buffer<ArrayBuffer> {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const packed = deflateRawSync(entry.content);
    const header = headerOf({ ...entry, packed });
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), header, Buffer.from(entry.name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((entry.mode ?? regularFile) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from([20, 3]);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02"), madeBy, header, tail, Buffer.from(entry.name)]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from("PK\x05\x06"), end]);
}
