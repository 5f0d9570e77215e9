import { describe, expect, it } from "vitest";
import { parseS3Url } from "./s3-url";

describe("a bucket's address", () => {
  it("holds all that there is to say", () => {
    expect(
      parseS3Url("s3://ada:se%2Fcret%3A@minio.example.com:9000/blobs/mill/race?region=eu-1&tls=off&cache=2"),
    ).toEqual({
      endpoint: "http://minio.example.com:9000",
      region: "eu-1",
      bucket: "blobs",
      prefix: "mill/race/",
      credentials: { accessKeyId: "ada", secretAccessKey: "se/cret:" },
      cacheBytes: 2 * 1024 ** 3,
    });
    expect(parseS3Url("s3://s3.eu-west-1.amazonaws.com/blobs")).toMatchObject({
      endpoint: "https://s3.eu-west-1.amazonaws.com",
      region: "us-east-1",
      prefix: "",
      credentials: null,
    });
  });

  it.each([
    ["s3://ada:secret@host", /no bucket/],
    ["s3:///bucket", /no host/],
    ["s3://ada@host/bucket", /half of a key/],
    ["s3://ada:secret@host/bucket?regoin=x", /regoin/],
    ["s3://ada:secret@host/bucket?cache=lots", /gibibytes/],
  ])("%s is told what is wrong with it, and its secret is not", (url, message) => {
    expect(() => parseS3Url(url)).toThrow(message);
    expect(() => parseS3Url(url)).not.toThrow(/secret@/);
  });
});
