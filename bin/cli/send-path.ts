import { createReadStream, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { Readable } from "node:stream";
import { listFiles } from "@/lib/archives/list-files";
import { zipFiles } from "@/lib/archives/zip";
import { messageOf } from "@/lib/errors";
import { Failed } from "./context";

export const isFolder = (path: string) => statSync(path).isDirectory();

/** What is sent for a path: a folder as a zip of all that is in it but links, as it is written. */
async function contentOf(path: string): Promise<Readable> {
  return isFolder(path) ? zipFiles(await listFiles(path, "", new Set())) : createReadStream(path);
}

/**
 * Sends what is at a path, which is never whole in memory.
 * @param send what it is called there, and its bytes
 * @throws Failed where it cannot be read to its end, or is more than `maxBytes`
 */
export async function sendPath<Answer>(
  path: string,
  maxBytes: number,
  send: (name: string, body: BodyInit) => Promise<Answer>,
): Promise<Answer> {
  let failure: Failed | undefined;
  async function* counted() {
    let size = 0;
    try {
      for await (const chunk of await contentOf(path)) {
        size += (chunk as Buffer).length;
        if (size > maxBytes) throw new Error(`more than ${maxBytes >> 20} MiB are not taken`);
        yield chunk;
      }
    } catch (cause) {
      failure = new Failed(`${path} cannot be sent: ${messageOf(cause)}.`, { cause });
      throw failure;
    }
  }
  const fileName = basename(resolve(path));
  const body = Readable.toWeb(Readable.from(counted())) as unknown as BodyInit;
  try {
    return await send(isFolder(path) ? `${fileName}.zip` : fileName, body);
  } catch (error) {
    // The server only sees that the sender has gone.
    throw failure ?? error;
  }
}
