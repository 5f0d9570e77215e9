import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { env } from "@/lib/env";
import { messageOf } from "@/lib/errors";
import { logger } from "@/lib/logger";

const retryMs = { first: 100, most: 2_000 };

export interface ListenerHandlers {
  notified: (channel: string, payload: string) => void;
  /** After each further connection, once all channels are listened to: what was said meanwhile is lost. */
  reconnected: () => void;
}

/** One connection that listens, made again whenever it is lost. */
export class DatabaseListener {
  private readonly channels = new Set<string>();
  private client: Promise<Client> | undefined;

  constructor(private readonly handlers: ListenerHandlers) {}

  /** Resolves once the channel is listened to. */
  async add(channel: string): Promise<void> {
    const isNew = !this.channels.has(channel);
    this.channels.add(channel);
    const before = this.client;
    this.client ??= this.connect();
    const client = await this.client;
    // A connection that was made just now listens to all channels.
    if (isNew && before) await client.query(`listen ${client.escapeIdentifier(channel)}`);
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      connectionString: env().DATABASE_URL,
      application_name: "millrace listener",
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    client.on("notification", ({ channel, payload = "" }) => this.handlers.notified(channel, payload));
    client.on("error", (error) => logger.debug({ reason: messageOf(error) }, "the listening connection was lost"));
    try {
      await client.connect();
      for (const channel of this.channels) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      this.client = undefined;
      client.end().catch(() => {});
      throw error;
    }
    client.once("end", () => this.reconnect());
    return client;
  }

  private async reconnect(): Promise<void> {
    this.client = undefined;
    for (let waitMs = retryMs.first; !this.client; waitMs = Math.min(waitMs * 2, retryMs.most)) {
      const connecting = this.connect();
      this.client = connecting;
      try {
        await connecting;
        this.handlers.reconnected();
      } catch (error) {
        logger.debug({ reason: messageOf(error) }, "the database cannot be listened to just now");
        await delay(waitMs);
      }
    }
  }
}
