import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { borrow } from "../support/borrow";
import type { Handler } from "../support/handler";
import type { HttpServer } from "../support/servers";
import { ListeningTrigger, Memory } from "../support/trigger";
import { until } from "../support/wait";

const { handlerOf, serve } = borrow();

describe("rss-watch", () => {
  let handler: Handler;
  let web: HttpServer;
  let items: string[];
  let etag: string;
  let status: number;
  let memory: Memory;
  beforeAll(async () => {
    handler = await handlerOf("rss-watch");
    web = await serve((request, response) => {
      if (request.url === "/gone") return response.writeHead(404).end();
      if (status !== 200) return response.writeHead(status).end();
      if (request.headers["if-none-match"] === etag) return response.writeHead(304).end();
      const body = items.map((name) => `<item><guid>${name}</guid><title>Title ${name}</title></item>`).join("");
      return response.writeHead(200, { etag }).end(`<rss><channel><title>News</title>${body}</channel></rss>`);
    });
  }, 120_000);
  beforeEach(() => {
    memory = new Memory();
    publish("b", "a");
    status = 200;
  });
  /** Newest first, as feeds have them. */
  function publish(...names: string[]): void {
    items = names;
    etag = `"${names.join("-")}"`;
  }
  const listen = (more: Record<string, unknown> = {}) =>
    new ListeningTrigger(handler, { url: `${web.url}/feed`, every: 5, ...more }, memory);
  const titles = () => memory.list().map(({ outputs }) => outputs.title);

  it("takes new entries only, oldest first, over a restart", async () => {
    const first = listen();
    await until("it has looked", () => memory.cursors.has("seen"));
    publish("d", "c", "b", "a");
    await memory.atLeast(2);
    await first.stop();
    publish("e", "d", "c", "b");
    const second = listen();
    await memory.atLeast(3);
    await until("it has looked again", () => web.requests.at(-1)?.headers["if-none-match"] === etag);
    expect([titles(), memory.asked]).toEqual([["Title c", "Title d", "Title e"], 3]);
    await second.stop();
  }, 60_000);

  it("may take all that the feed has, and takes again what was no run yet", async () => {
    memory.isDown = true;
    const first = listen({ start: "all entries" });
    await until("it has asked", () => memory.waiting === 2);
    await first.kill();
    memory.isDown = false;
    const second = listen({ start: "all entries" });
    await memory.atLeast(2);
    expect(titles()).toEqual(["Title a", "Title b"]);
    await second.stop();
  }, 60_000);

  it("leaves out what is refused, says which and does not ask again", async () => {
    memory.isPoison = ({ title }) => title === "Title b";
    publish("c", "b", "a");
    const trigger = listen({ start: "all entries" });
    await memory.atLeast(2);
    publish("d", "c", "b", "a");
    await memory.atLeast(3);
    expect([titles(), memory.asked]).toEqual([["Title a", "Title c", "Title d"], 4]);
    expect(trigger.log).toMatch(/^b was refused: .*it does not fit/m);
    await trigger.stop();
  }, 60_000);

  it("bears a server that is away for a while, and says what is wrong for good", async () => {
    const gone = listen({ url: `${web.url}/gone`, start: "all entries" });
    const trigger = listen({ start: "all entries" });
    await memory.atLeast(2);
    status = 503;
    await trigger.says("answered 503");
    status = 200;
    publish("c", "b", "a");
    await memory.atLeast(3);
    await trigger.stop();
    expect(await gone.failure()).toMatch(/FeedError: .* answered 404/);
    expect(web.requests.filter(({ url }) => url === "/gone")).toHaveLength(3);
    expect(await listen({ url: "nothing" }).failure()).toMatch(/not an address/);
  }, 90_000);
});
