import { hash, verify } from "@node-rs/argon2";

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane. The library's default algorithm is argon2id.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What an unknown e-mail is checked against, so that it takes as long as a wrong password. */
const decoy = hash("no account has this password", cost);

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Takes the same time whether or not there is a hash to compare with. */
export async function isPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await decoy), password);
  return matches && passwordHash !== null && passwordHash !== undefined;
}
