import type { z } from "zod";
import type { Contract } from "./contract";

/**
 * A contract without its schemas, for the browser: what it takes to make the call, and not the library that checks
 * what is sent, which the server does anyway. Its types are the contract's, literal for literal, so that the compiler
 * refuses one that has drifted. Pure.
 */
export interface Operation<C extends Contract> {
  method: C["method"];
  path: C["path"];
  /** How the body is sent; left out where there is none. */
  body?: BodyKind<C>;
  /** Never set: ties the operation to the types of its contract. */
  contract?: C;
}

type BodyKind<C extends Contract> = C["body"] extends z.ZodType
  ? "json"
  : C["body"] extends { mediaType: infer MediaType }
    ? { mediaType: MediaType }
    : never;

type Written<C extends Contract> = { method: C["method"]; path: C["path"] } & (BodyKind<C> extends never
  ? { body?: never }
  : { body: BodyKind<C> });

export function operation<C extends Contract>(written: Written<C>): Operation<C> {
  return written as Operation<C>;
}
