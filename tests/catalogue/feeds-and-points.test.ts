import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/lib/free-port.mjs";
import { borrow } from "../support/borrow";
import { type Handler, serverName } from "../support/handler";
import { findServer, type HttpServer, ServerProcess } from "../support/servers";

const { closing, handlerOf, serve } = borrow();

const json = (value: unknown) => JSON.parse(String(value));

describe("rss-read", () => {
  let handler: Handler;
  let server: HttpServer;
  const feeds: Record<string, string | Buffer> = {
    "/rss": `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
      <channel><title>News &amp; more</title><link>https://example.com</link>
      <item><media:title>other</media:title><title>First</title><link>/one</link><guid>1</guid><pubDate>Sat, 31 Jan 2026 12:00:00 +0100</pubDate>
      <dc:creator>Ada</dc:creator><description><![CDATA[<p>Hello</p>]]></description><category>a</category><category>b</category><enclosure url="/a.mp3"/></item>
      <item><title>Second</title><link>https://example.com/two</link><pubDate>Fri, 30 Jan 2026 12:00:00 GMT</pubDate></item>
      <item><title>Undated</title></item></channel></rss>`,
    "/atom": `<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title>
      <entry><id>urn:1</id><title type="html">A</title><link rel="self" href="/self"/><link href="a.html"/><updated>2026-02-01T00:00:00Z</updated>
      <author><name>Bob</name></author><content type="html">&lt;b&gt;x&lt;/b&gt;</content><category term="t"/></entry></feed>`,
    "/rdf": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel><title>Old</title></channel><item><title>R</title><link>https://example.com/r</link><dc:date>2026-01-01</dc:date></item></rdf:RDF>`,
    "/latin": Buffer.from(
      '<?xml version="1.0" encoding="iso-8859-1"?><rss><channel><title>\xfc</title></channel></rss>',
      "latin1",
    ),
    "/bomb": '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
    "/file": '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>',
    "/html": "<html><body/></html>",
    "/text": "no feed",
  };
  beforeAll(async () => {
    handler = await handlerOf("rss-read");
    server = await serve((request, response) => {
      const feed = feeds[request.url ?? ""];
      if (request.url === "/closed" && !request.headers.authorization) return void response.writeHead(401).end();
      if (request.url === "/moved") return void response.writeHead(301, { location: "/atom" }).end();
      response.writeHead(feed || request.url === "/closed" ? 200 : 404).end(feed ?? feeds["/rss"]);
    });
  }, 120_000);
  const read = (path: string, inputs = {}) => handler.outputsOf({ url: server.url + path, ...inputs });

  it.concurrent("reads RSS", async () => {
    const outputs = await read("/rss");
    expect(outputs).toMatchObject({ count: 3, title: "News & more", newest: "2026-01-31T12:00:00+01:00" });
    expect(json(outputs.items)[0]).toEqual({
      id: "1",
      title: expect.stringMatching(/First|other/),
      link: `${server.url}/one`,
      published: "2026-01-31T12:00:00+01:00",
      author: "Ada",
      summary: "<p>Hello</p>",
      categories: ["a", "b"],
      enclosure: `${server.url}/a.mp3`,
    });
  });

  it.concurrent("reads Atom, RDF and other encodings, wherever they have moved to", async () => {
    expect(json((await read("/moved")).items)[0]).toMatchObject({
      id: "urn:1",
      title: "A",
      link: `${server.url}/a.html`,
      author: "Bob",
      summary: "<b>x</b>",
      categories: ["t"],
    });
    expect(json((await read("/rdf")).items)[0]).toMatchObject({ title: "R", published: "2026-01-01T00:00:00+00:00" });
    expect((await read("/latin")).title).toBe("ü");
  });

  it.concurrent("gives what is new since the newest of last time", async () => {
    const { items } = await read("/rss", { since: "2026-01-30T12:00:00Z" });
    expect(json(items).map((item: { title: string }) => item.title)).toEqual([expect.any(String), "Undated"]);
    const { newest } = await read("/rss", { since: "2026-02-01T00:00:00Z" });
    expect(newest).toBe("2026-02-01T00:00:00Z");
    expect(await read("/rss", { limit: 1 })).toMatchObject({ count: 1 });
    expect(await read("/closed", { username: "ada", password: "p" })).toMatchObject({ count: 3 });
  });

  it.concurrent.each([
    ["/bomb", {}, /entities of its own/],
    ["/file", {}, /entities of its own/],
    ["/html", {}, /not an RSS or Atom feed but <html>/],
    ["/text", {}, /not a feed/],
    ["/none", {}, /answered 404/],
    ["/closed", {}, /answered 401/],
    ["/rss", { since: "lately" }, /not a moment/],
  ])("refuses %s %j", async (path, inputs, message) => {
    expect(await handler.failureOf({ url: server.url + path, ...inputs })).toMatch(message);
  });
});

describe("influxdb-write", () => {
  let handler: Handler;
  let server: HttpServer;
  beforeAll(async () => {
    handler = await handlerOf("influxdb-write");
    server = await serve((request, response) => {
      if (request.headers.authorization !== "Token t")
        return void response
          .writeHead(401, { "content-type": "application/json" })
          .end('{"message": "unauthorized access"}');
      response.writeHead(204).end();
    });
  }, 120_000);
  const basics = () => ({ url: `${server.url}/`, organisation: "o", token: "t" });
  const written = async (points: unknown, more: Record<string, unknown> = {}) => {
    const bucket = `b${Math.random()}`;
    await handler.outputsOf({ ...basics(), bucket, points: JSON.stringify(points), ...more });
    const seen = server.requests.filter(({ url }) => url.includes(bucket));
    return {
      lines: seen
        .map(({ body }) => gunzipSync(body).toString())
        .join("\n")
        .split("\n"),
      seen,
    };
  };

  it.concurrent("writes line protocol, with everything escaped that has a meaning there", async () => {
    const point = {
      measurement: "my room, ü",
      tags: { "a b": "x=1,y", empty: "", none: null },
      fields: { f: 1, t: 'say "hi" \\', ok: true, none: null },
      time: "2026-01-31T12:00:00.123456Z",
    };
    const { lines, seen } = await written(point, { precision: "us" });
    expect(lines).toEqual(['my\\ room\\,\\ ü,a\\ b=x\\=1\\,y f=1.0,t="say \\"hi\\" \\\\",ok=true 1769860800123456']);
    expect(seen[0]?.url).toMatch(/^\/api\/v2\/write\?org=o&bucket=b[\d.]+&precision=us$/);
    expect((await written({ measurement: "m", fields: { f: 3 }, time: 5 }, { integers: true })).lines).toEqual([
      "m f=3i 5",
    ]);
  });

  it.concurrent("writes many points in parts", async () => {
    const points = Array.from({ length: 12_000 }, (_, index) => ({ measurement: "m", fields: { index }, time: index }));
    const { lines, seen } = await written(points);
    expect([lines.length, seen.length]).toEqual([12_000, 3]);
  });

  it.concurrent.each([
    [{ points: '[{"measurement": "m"}]' }, /Point 1 has no fields/],
    [{ points: '[{"fields": {"f": 1}}]' }, /Point 1 has no measurement/],
    [{ points: '[{"measurement": "m", "fields": {"f": [1]}}]' }, /field 'f' must be a number/],
    [{ points: '[{"measurement": "m", "values": {}}]' }, /has 'values'/],
    [{ points: '[{"measurement": "m", "fields": {"f": 1}, "time": "noon"}]' }, /not a time/],
    [{ points: "[]", lines: "m f=1" }, /either points or lines/],
    [{ lines: "m f=1", token: "wrong" }, /refused lines from 1 on with 401: unauthorized access/],
  ])("refuses %j", async (inputs, message) => {
    expect(await handler.failureOf({ ...basics(), bucket: "b", ...inputs })).toMatch(message);
  });

  const influxd = findServer("influxd");
  it.skipIf(!influxd)(
    "is understood by InfluxDB itself",
    async () => {
      const database = new ServerProcess();
      closing.push(() => database.stop());
      const [port, rpc] = [await freePort(), await freePort()];
      const env = {
        INFLUXDB_HTTP_BIND_ADDRESS: `127.0.0.1:${port}`,
        INFLUXDB_BIND_ADDRESS: `127.0.0.1:${rpc}`,
        INFLUXDB_DATA_DIR: `${database.folder}/data`,
        INFLUXDB_DATA_WAL_DIR: `${database.folder}/wal`,
        INFLUXDB_META_DIR: `${database.folder}/meta`,
        INFLUXDB_REPORTING_DISABLED: "true",
      };
      await database.start(influxd as string, ["run"], port, env);
      const url = `http://127.0.0.1:${port}`;
      const query = (text: string) =>
        fetch(`${url}/query?db=climate&q=${encodeURIComponent(text)}`, { method: "POST" }).then((answer) =>
          answer.json(),
        );
      await query("create database climate");
      const points = [
        {
          measurement: "room, 1",
          tags: { "a b": "x=1,y ü" },
          fields: { t: 21.5, text: 'say "hi" \\' },
          time: "2026-01-31T12:00:00Z",
        },
      ];
      const target = { url: `http://${serverName}:${port}`, version: "v1", bucket: "climate" };
      await handler.outputsOf({ ...target, points: JSON.stringify(points) });
      const found = await query('select * from "room, 1"');
      expect(found.results[0].series[0]).toMatchObject({
        columns: ["time", "a b", "t", "text"],
        values: [["2026-01-31T12:00:00Z", "x=1,y ü", 21.5, 'say "hi" \\']],
      });
      expect(await handler.failureOf({ ...target, lines: "room, 1 t=" })).toMatch(/refused lines from 1 on with 400/);
      expect(await handler.failureOf({ ...target, bucket: "nowhere", lines: "m f=1" })).toMatch(
        /404: database not found/,
      );
    },
    60_000,
  );
});
