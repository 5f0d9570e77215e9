import { Client, Connection } from "@temporalio/client";
import { keyFor } from "@/lib/crypto/keys";
import { env } from "@/lib/env";
import { EncryptionCodec } from "./codec";

const holder = globalThis as { millraceTemporal?: Promise<Client> };

export function temporalConnectionOptions() {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_API_KEY: apiKey } = env();
  return { address, ...(apiKey && { apiKey, tls: true }) };
}

export function temporalDataConverter() {
  return { payloadCodecs: [new EncryptionCodec(keyFor("temporal-payloads"))] };
}

async function connect(): Promise<Client> {
  const connection = Connection.lazy({ ...temporalConnectionOptions(), connectTimeout: "10s" });
  return new Client({ connection, namespace: env().TEMPORAL_NAMESPACE, dataConverter: temporalDataConverter() });
}

/** The process's one client; it reconnects by itself. */
export function temporalClient(): Promise<Client> {
  holder.millraceTemporal ??= connect();
  return holder.millraceTemporal;
}

export async function closeTemporal(): Promise<void> {
  const client = await holder.millraceTemporal;
  holder.millraceTemporal = undefined;
  await client?.connection.close();
}
