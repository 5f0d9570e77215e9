import { dehydrate, hydrate, QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { projectKey } from "@/components/query/keys";
import { LatePages } from "./late-pages";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const key = projectKey("p1", "library", "sources", "s1");

/** A page that the server has made, as it reaches the browser. */
function arrive(client: QueryClient): void {
  const server = new QueryClient();
  server.setQueryData(key, { state: "scanning" });
  hydrate(client, dehydrate(server));
}

it("has a page's data read again when a change was told while it was under way, and only then", () => {
  const isOld = (change: () => void, project = "p1") => {
    const client = new QueryClient();
    const pages = new LatePages(client, project);
    const stop = pages.watch();
    pages.note(["workflows"]);
    change.call(pages);
    arrive(client);
    stop();
    return client.getQueryState(key)?.isInvalidated;
  };
  function told(this: LatePages): void {
    this.note(["library"]);
  }
  function toldLongAgo(this: LatePages): void {
    this.note(["library"]);
    vi.advanceTimersByTime(60_000);
  }
  expect(isOld(told)).toBe(true);
  expect(isOld(toldLongAgo)).toBe(false);
  expect(isOld(() => {})).toBe(false);
  expect(isOld(told, "p2")).toBe(false);
});
