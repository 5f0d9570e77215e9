/** Where a bucket is, and how to sign in to it. */
export interface S3Location {
  endpoint: string;
  region: string;
  bucket: string;
  /** Before each key, with a slash at its end; empty for the bucket's root. */
  prefix: string;
  /** Null: found where AWS' own programs find them. */
  credentials: { accessKeyId: string; secretAccessKey: string } | null;
  /** What the local copies may take before the oldest are removed. */
  cacheBytes: number;
}

const gib = 1024 ** 3;
const form = "s3://KEY:SECRET@HOST/BUCKET?region=REGION";

/** `s3://key:secret@host:port/bucket/prefix?region=…&tls=off&cache=10` @throws Error that does not repeat the secret */
export function parseS3Url(text: string): S3Location {
  const url = new URL(text);
  const [bucket = "", ...prefix] = decodeURIComponent(url.pathname).split("/").filter(Boolean);
  if (!url.hostname || !bucket) throw new Error(`BLOB_STORE_URL names no host or no bucket; its form is ${form}.`);
  const known = ["region", "tls", "cache"];
  const unknown = [...url.searchParams.keys()].filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`BLOB_STORE_URL has “${unknown[0]}”, and may have ${known.join(", ")}.`);
  if (Boolean(url.username) !== Boolean(url.password))
    throw new Error(`BLOB_STORE_URL has half of a key and its secret; its form is ${form}.`);
  const cacheGib = Number(url.searchParams.get("cache") ?? 10);
  if (!(cacheGib > 0)) throw new Error("BLOB_STORE_URL: cache is a number of gibibytes.");
  const scheme = url.searchParams.get("tls") === "off" ? "http" : "https";
  return {
    endpoint: `${scheme}://${url.host}`,
    region: url.searchParams.get("region") ?? "us-east-1",
    bucket,
    prefix: prefix.map((part) => `${part}/`).join(""),
    credentials: url.username
      ? { accessKeyId: decodeURIComponent(url.username), secretAccessKey: decodeURIComponent(url.password) }
      : null,
    cacheBytes: cacheGib * gib,
  };
}
