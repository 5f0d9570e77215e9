import type { RuntimeError } from "./protocol";

/** An error as whoever tries a package out is shown it: a RyaxException by its own message. */
export function errorOf({ class: type, message, ryax, stack }: RuntimeError) {
  return { type, message: ryax?.message || message, stack };
}
