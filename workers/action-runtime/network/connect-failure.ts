import { messageOf } from "@/lib/errors";

const words: Record<string, string> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was reset",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ENOTFOUND: "there is no host of this name",
  EAI_AGAIN: "the name cannot be looked up just now",
  ETIMEDOUT: "nothing answered in time",
};

/** Why a connection failed, without the address that the name stood for, which is the operator's own affair. */
export function connectFailure(error: unknown): string {
  const { code, errors } = error as { code?: string; errors?: { code?: string }[] };
  const known = [code, ...(errors ?? []).map((one) => one.code)].find((each) => each !== undefined && words[each]);
  return (known && words[known]) ?? messageOf(error).replace(/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g, "the host");
}
