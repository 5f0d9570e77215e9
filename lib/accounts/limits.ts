import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import { rateLimits } from "@/drizzle/schema";
import { databaseHandle } from "@/lib/db";
import { AppError } from "@/lib/errors";

interface Limit {
  keyPrefix: string;
  points: number;
  durationSeconds: number;
}

const signInByAccount: Limit = { keyPrefix: "sign-in-account", points: 10, durationSeconds: 15 * 60 };
const signInByAddress: Limit = { keyPrefix: "sign-in-address", points: 100, durationSeconds: 15 * 60 };
const signUpByAddress: Limit = { keyPrefix: "sign-up-address", points: 300, durationSeconds: 60 * 60 };

const limiters = new Map<Limit, RateLimiterDrizzle>();

function limiter(limit: Limit): RateLimiterDrizzle {
  let found = limiters.get(limit);
  if (!found) {
    found = new RateLimiterDrizzle({
      storeClient: databaseHandle().database,
      schema: rateLimits,
      keyPrefix: limit.keyPrefix,
      points: limit.points,
      duration: limit.durationSeconds,
    });
    limiters.set(limit, found);
  }
  return found;
}

async function consume(limit: Limit, key: string): Promise<void> {
  try {
    await limiter(limit).consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const retryAfterSeconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    throw new AppError("rate_limited", `Too many attempts. Try again in ${Math.ceil(retryAfterSeconds / 60)} min.`, {
      retryAfterSeconds,
    });
  }
}

/** Counts an attempt before it is judged, so that many at once cannot slip past. @throws AppError `rate_limited` */
export async function countSignInAttempt(email: string, address: string): Promise<void> {
  await consume(signInByAddress, address);
  await consume(signInByAccount, email);
}

/** A success gives the attempts back: only failures add up. */
export async function forgetSignInAttempts(email: string, address: string): Promise<void> {
  await limiter(signInByAccount).delete(email);
  await limiter(signInByAddress).reward(address);
}

/** @throws AppError `rate_limited` */
export function countSignUp(address: string): Promise<void> {
  return consume(signUpByAddress, address);
}
