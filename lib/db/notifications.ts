import { sql } from "drizzle-orm";
import { databaseHandle } from "./client";
import { DatabaseListener } from "./listener";
import type { Transaction } from "./transaction";

/**
 * The channels that processes tell each other things on. A payload is a project id, `project id/run id`,
 * `project id/workflow id` (clock_changed, listener_changed), `project id/action version id` (builds), `project id/what was done`
 * (project_changed), a user id (session_ended), or `project id/trial id` with lines of its log below (trial_log).
 */
export type Channel =
  | "run_finished"
  | "run_changed"
  | "endpoints_changed"
  | "clock_changed"
  | "listener_changed"
  | "keys_changed"
  | "build_changed"
  | "project_changed"
  | "session_ended"
  | "trial_log";

interface Subscription {
  listeners: Set<(payload: string) => void>;
  /** Called on every (re)connection: what was said while not listening is lost, so caches must be dropped. */
  connected: Set<() => void>;
  /** Undefined until a listener asks, and again after a first connection that failed. */
  ready?: Promise<void>;
}

interface Subscriptions {
  byChannel: Map<string, Subscription>;
  listener: DatabaseListener;
}

const holder = globalThis as { millraceSubscriptions?: Subscriptions };

function openSubscriptions(): Subscriptions {
  const byChannel = new Map<string, Subscription>();
  const listener = new DatabaseListener({
    notified(channel, payload) {
      for (const listener of byChannel.get(channel)?.listeners ?? []) listener(payload);
    },
    reconnected() {
      for (const { connected } of byChannel.values()) for (const call of connected) call();
    },
  });
  return { byChannel, listener };
}

function subscriptions(): Subscriptions {
  holder.millraceSubscriptions ??= openSubscriptions();
  return holder.millraceSubscriptions;
}

function subscription(channel: Channel): Subscription {
  const { byChannel } = subscriptions();
  let entry = byChannel.get(channel);
  if (!entry) {
    entry = { listeners: new Set(), connected: new Set() };
    byChannel.set(channel, entry);
  }
  return entry;
}

/**
 * Calls `listener` for each notification, once the returned promise has settled.
 * `connected` is called after each connection, the first included: notifications before it were missed.
 */
export async function listen(
  channel: Channel,
  listener: (payload: string) => void,
  connected: () => void,
): Promise<() => void> {
  const entry = subscription(channel);
  entry.listeners.add(listener);
  entry.connected.add(connected);
  entry.ready ??= subscriptions().listener.add(channel);
  try {
    await entry.ready;
  } catch (error) {
    delete entry.ready;
    throw error;
  }
  connected();
  return () => {
    entry.listeners.delete(listener);
    entry.connected.delete(connected);
  };
}

/** Calls this process's own listeners, without the round trip through Postgres. */
function tellOwnListeners(channel: Channel, payload: string): void {
  for (const listener of subscription(channel).listeners) listener(payload);
}

/** Tells other processes at once, outside of any transaction: for what was committed before. */
export async function tell(channel: Channel, payloads: string[]): Promise<void> {
  const text = "select pg_notify($1, payload) from unnest($2::text[]) as payload";
  await databaseHandle().pool.query(text, [channel, payloads]);
}

const afterCommit = new WeakMap<Transaction, [Channel, string][]>();

/**
 * Told to every listener when the transaction commits, and to nobody when it does not. Listeners in this process have
 * been called by the time the transaction's promise resolves.
 */
export async function notify(tx: Transaction, channel: Channel, payload: string): Promise<void> {
  const pending = afterCommit.get(tx) ?? [];
  pending.push([channel, payload]);
  afterCommit.set(tx, pending);
  await tx.execute(sql`select pg_notify(${channel}, ${payload})`);
}

export function tellAfterCommit(tx: Transaction): void {
  for (const [channel, payload] of afterCommit.get(tx) ?? []) tellOwnListeners(channel, payload);
}
