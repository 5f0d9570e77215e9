import type { Server } from "node:http";
import Provider from "oidc-provider";

/** An OpenID Connect provider, certified as one, with its own pages for signing in and consenting. */
export interface OpenIdProvider {
  /** The claims of whoever signs in next, besides the name that they sign in by. */
  claims: Record<string, unknown>;
  close: () => Promise<void>;
}

export interface OpenIdClient {
  id: string;
  secret: string;
  /** Where it may send people back to. */
  callback: string;
}

/** Listens on the issuer's port. As the standard has it, an ID token says only who somebody is; the rest is asked for. */
export async function startOpenIdProvider(issuer: string, client: OpenIdClient): Promise<OpenIdProvider> {
  const started: OpenIdProvider = { claims: {}, close };
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.callback] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...started.claims }) }),
    pkce: { required: () => true },
  });
  const server: Server = provider.listen(Number(new URL(issuer).port), "127.0.0.1");
  await new Promise<void>((ready) => server.once("listening", ready));
  async function close() {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  }
  return started;
}
