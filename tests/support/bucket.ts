import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { freePort } from "@/lib/free-port.mjs";
import { startPython } from "./servers";

const bucket = "blobs";
const account = { accessKeyId: "ada", secretAccessKey: "se/cret" };

export interface TestBucket {
  client: S3Client;
  name: string;
  /** As an operator gives it; `prefix` stands before each key. */
  urlOf: (prefix: string) => string;
  keysBelow: (prefix: string) => Promise<string[]>;
  close: () => Promise<void>;
}

/** Starts an S3 server with a bucket. */
export async function startBucket(): Promise<TestBucket> {
  const port = await freePort();
  const server = await startPython("s3.py", [String(port)], port);
  await fetch(`http://127.0.0.1:${port}/${bucket}`, { method: "PUT" });
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials: account });
  const signIn = `${account.accessKeyId}:${encodeURIComponent(account.secretAccessKey)}`;
  return {
    client,
    name: bucket,
    urlOf: (prefix) => `s3://${signIn}@127.0.0.1:${port}/${bucket}/${prefix}?tls=off`,
    keysBelow: async (prefix) => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
      return Contents.map(({ Key }) => Key ?? "");
    },
    close: async () => {
      client.destroy();
      await server.stop();
    },
  };
}
