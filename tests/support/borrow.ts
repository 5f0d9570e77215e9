import { afterAll } from "vitest";
import { Handler } from "./handler";
import { type HttpServer, serveHttp } from "./servers";

/** What a file of tests starts for itself: all of it is closed after the last of them. Called once, at the file's top. */
export function borrow() {
  const closing: (() => Promise<unknown>)[] = [];
  afterAll(() => Promise.all(closing.map((close) => close())));
  return {
    closing,
    async handlerOf(id: string): Promise<Handler> {
      const handler = await Handler.of(id);
      closing.push(() => handler.close());
      return handler;
    },
    async serve(...args: Parameters<typeof serveHttp>): Promise<HttpServer> {
      const server = await serveHttp(...args);
      closing.push(server.close);
      return server;
    },
  };
}
