import { expect } from "vitest";
import { ApiError, type ApiOptions, type ApiRequest, callApi } from "@/lib/http/client";
import type { Contract, ResultOf } from "@/lib/http/contract";

/** Calls an operation, and holds its answer against the contract: every field as promised, and none besides. */
export async function callChecked<C extends Contract>(
  contract: C,
  request: ApiRequest<C>,
  options: ApiOptions,
): Promise<ResultOf<C>> {
  const result = await callApi(contract, request, options);
  if (contract.success.body) expect(contract.success.body.parse(result)).toEqual(result);
  return result;
}

/** The refusal that a call is expected to meet. @throws Error when it was not refused */
export async function refusal(call: Promise<unknown>): Promise<ApiError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error("The call was not refused.");
}

/** Messages of a refusal's issues by their place. */
export function issuesByPath(error: ApiError): Record<string, string> {
  return Object.fromEntries(error.issues.map(({ path, message }) => [path, message]));
}
