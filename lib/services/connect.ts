import { request } from "node:http";
import type { Socket } from "node:net";
import { AppError } from "@/lib/errors";
import { passFor, passHeader, serviceName } from "./pass";

const connectMs = 12_000;
const retryAfterSeconds = 2;

export interface ServicePlace {
  workflowId: string;
  holder: string;
  /** The worker's `host:port`. */
  address: string;
}

const beingStarted = "The trigger is being started. Try again in a moment.";
const words: Record<number, string> = {
  502: "The trigger has been started, but nothing listens on its port yet.",
  404: beingStarted,
};

/** Nobody answers for a trigger now. */
export const serviceUnavailable = (message = beingStarted) =>
  new AppError("unavailable", message, { retryAfterSeconds });

/**
 * A connection to what a trigger serves in its sandbox, by way of the worker that runs it.
 * @throws AppError `unavailable`
 */
export function connectToService({ workflowId, holder, address }: ServicePlace): Promise<Socket> {
  const name = serviceName(workflowId, holder);
  const { hostname, port } = new URL(`http://${address}`);
  return new Promise((resolve, reject) => {
    const asked = request({
      host: hostname.replace(/^\[|\]$/g, ""),
      port,
      method: "CONNECT",
      path: name,
      headers: { host: name, [passHeader]: passFor(name) },
      timeout: connectMs,
    });
    asked.once("connect", (answer, socket) => {
      if (answer.statusCode === 200) {
        socket.setTimeout(0);
        return resolve(socket as Socket);
      }
      socket.destroy();
      reject(serviceUnavailable(words[answer.statusCode ?? 0] ?? "The trigger cannot be reached just now."));
    });
    asked.once("timeout", () => asked.destroy(new Error("no answer in time")));
    asked.once("error", () => reject(serviceUnavailable("The trigger is being taken over by another worker.")));
    asked.end();
  });
}
