import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Definition } from "@/lib/workflows/definition/schema";
import { definition } from "@/lib/workflows/definition/testing";
import { Autosave, type Saved, type SaveFailure } from "./autosave";

const named = (id: string) => definition([{ id, use: "take" }], []);

/** A server that answers when it is told to. */
function stage() {
  const log: string[] = [];
  const pending: { resolve: (saved: Saved) => void; reject: (error: unknown) => void; sent: Definition }[] = [];
  const name = (made: Definition) => made.nodes[0]?.id;
  const autosave = new Autosave(
    { revision: 1, definition: named("base") },
    {
      save: (sent, revision) => {
        log.push(`save ${name(sent)} on ${revision}`);
        return new Promise((resolve, reject) => pending.push({ resolve, reject, sent }));
      },
      judgeFailure: (error) => error as SaveFailure,
      keep: (unsaved) => log.push(unsaved ? `keep ${name(unsaved.definition)} of ${unsaved.revision}` : "forget"),
      saved: (answer) => log.push(`saved ${answer.revision}`),
      adopt: (theirs) => log.push(`adopt ${name(theirs.definition)}`),
      delayMs: 600,
      retryMs: 4_000,
    },
  );
  const answer = async (revision: number) => {
    const next = pending.shift();
    next?.resolve({ revision, definition: next.sent });
    await vi.advanceTimersByTimeAsync(0);
  };
  const refuse = async (failure: SaveFailure) => {
    pending.shift()?.reject(failure);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { autosave, log, answer, refuse };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("saving", () => {
  it("waits until the edits rest, and keeps them until the server has them", async () => {
    const { autosave, log, answer } = stage();
    autosave.edited(named("a"));
    await vi.advanceTimersByTimeAsync(500);
    autosave.edited(named("b"));
    await vi.advanceTimersByTimeAsync(599);
    expect(autosave.status()).toEqual({ kind: "waiting" });
    await vi.advanceTimersByTimeAsync(1);
    expect(autosave.status()).toEqual({ kind: "saving" });
    await answer(2);
    expect(autosave.status()).toEqual({ kind: "saved" });
    expect(log).toEqual(["keep a of 1", "keep b of 1", "save b on 1", "saved 2", "forget"]);
  });

  it("sends one at a time, each on top of the one before", async () => {
    const { autosave, log, answer } = stage();
    autosave.edited(named("a"));
    await vi.advanceTimersByTimeAsync(600);
    autosave.edited(named("b"));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(log.filter((line) => line.startsWith("save "))).toEqual(["save a on 1"]);
    await answer(2);
    await vi.advanceTimersByTimeAsync(600);
    expect(log.at(-1)).toBe("save b on 2");
    await answer(3);
    expect(autosave.status()).toEqual({ kind: "saved" });
  });

  it("tries again by itself when the server could not be reached, with the newest edits", async () => {
    const { autosave, log, answer, refuse } = stage();
    autosave.edited(named("a"));
    await vi.advanceTimersByTimeAsync(600);
    await refuse({ kind: "failed", message: "away", isPassing: true });
    expect(autosave.status()).toEqual({ kind: "failed", message: "away", isPassing: true });
    autosave.edited(named("b"));
    await vi.advanceTimersByTimeAsync(4_000);
    await answer(2);
    expect(log.filter((line) => line.startsWith("save "))).toEqual(["save a on 1", "save b on 1"]);
    expect(autosave.status()).toEqual({ kind: "saved" });
  });

  it("is waited for by what needs all of it stored", async () => {
    const { autosave, answer, refuse } = stage();
    expect(await autosave.settle()).toBe(1);
    autosave.edited(named("a"));
    const first = autosave.settle();
    autosave.edited(named("b"));
    await answer(2);
    await answer(3);
    expect(await first).toBe(3);
    autosave.edited(named("c"));
    const second = autosave.settle();
    await refuse({ kind: "failed", message: "no", isPassing: false });
    expect(await second).toBeNull();
  });

  it("does not send again what the server refuses, until it is changed", async () => {
    const { autosave, log, refuse } = stage();
    autosave.edited(named("a"));
    await vi.advanceTimersByTimeAsync(600);
    await refuse({ kind: "failed", message: "too large", isPassing: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(log.filter((line) => line.startsWith("save "))).toHaveLength(1);
    autosave.edited(named("b"));
    await vi.advanceTimersByTimeAsync(600);
    expect(log.at(-1)).toBe("save b on 1");
  });
});

describe("two people", () => {
  it("are shown each other's draft while they do nothing themselves", () => {
    const { autosave, log } = stage();
    autosave.hear({ revision: 2, definition: named("theirs") });
    autosave.hear({ revision: 2, definition: named("theirs") });
    expect(log).toEqual(["adopt theirs"]);
  });

  it("are told as soon as one has saved what the other is editing, and nothing more is sent", async () => {
    const { autosave, log } = stage();
    autosave.edited(named("mine"));
    autosave.hear({ revision: 2, definition: named("theirs") });
    expect(autosave.status()).toEqual({ kind: "conflict" });
    autosave.edited(named("mine_more"));
    await vi.advanceTimersByTimeAsync(60_000);
    await autosave.flush();
    expect(log).toEqual(["keep mine of 1", "keep mine_more of 1"]);
  });

  it("are told when the server refuses, and the edits stay", async () => {
    const { autosave, log, refuse } = stage();
    autosave.edited(named("mine"));
    await vi.advanceTimersByTimeAsync(600);
    await refuse({ kind: "conflict" });
    expect(autosave.status()).toEqual({ kind: "conflict" });
    expect(log).not.toContain("forget");
  });

  it("do not take their own save for somebody else's when it is told before it is answered", async () => {
    const { autosave, log, answer } = stage();
    autosave.edited(named("mine"));
    await vi.advanceTimersByTimeAsync(600);
    autosave.hear({ revision: 2, definition: named("mine") });
    await answer(2);
    expect(autosave.status()).toEqual({ kind: "saved" });
    expect(log.filter((line) => line.startsWith("adopt"))).toEqual([]);
  });

  it("see what was saved on top of their own save while that was under way", async () => {
    const { autosave, log, answer } = stage();
    autosave.edited(named("mine"));
    await vi.advanceTimersByTimeAsync(600);
    autosave.hear({ revision: 3, definition: named("theirs") });
    await answer(2);
    expect(log.at(-1)).toBe("adopt theirs");
  });

  it("choose theirs", async () => {
    const { autosave, log } = stage();
    autosave.edited(named("mine"));
    autosave.hear({ revision: 2, definition: named("theirs") });
    autosave.yieldTo({ revision: 2, definition: named("theirs") });
    expect(log.slice(-2)).toEqual(["forget", "adopt theirs"]);
    autosave.edited(named("next"));
    await vi.advanceTimersByTimeAsync(600);
    expect(log.at(-1)).toBe("save next on 2");
  });

  it("choose their own, on top of the one that they have seen", async () => {
    const { autosave, log, answer } = stage();
    autosave.startsInConflict({ definition: named("mine"), base: null });
    expect(autosave.madeOn()).toBeNull();
    const saving = autosave.overrule({ revision: 7, definition: named("theirs") }, named("mine"));
    await answer(8);
    await saving;
    expect(log).toEqual(["keep mine of 7", "save mine on 7", "saved 8", "forget"]);
    expect(autosave.madeOn()).toEqual(named("mine"));
    expect(autosave.status()).toEqual({ kind: "saved" });
  });
});
