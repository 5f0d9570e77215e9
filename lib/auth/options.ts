import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import GitHubProvider from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import type { OAuthConfig, Provider } from "next-auth/providers/index";
import type { Client, TokenSet } from "openid-client";
import { readSessionVersion, signInWithIdentity, verifyCredentials } from "@/lib/accounts";
import { signInSchema } from "@/lib/accounts/contract";
import { keyFor } from "@/lib/crypto/keys";
import { tell } from "@/lib/db";
import { env, providerCredentials } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { callerAddress } from "@/lib/http/address";
import { logger } from "@/lib/logger";

interface OidcProfile {
  sub: string;
  email?: string;
  email_verified?: boolean | string;
  name?: string;
}

/**
 * What a provider says of who signed in. Some name only the subject in the ID token (OpenID Connect Core 5.4), so that the
 * address has to be asked for; others have nobody to ask, or say nothing more there.
 */
async function readClaims(client: Client, tokens: TokenSet): Promise<OidcProfile> {
  const asked = client.issuer.metadata.userinfo_endpoint ? await client.userinfo<OidcProfile>(tokens) : {};
  return { ...tokens.claims(), ...asked };
}

function oidcProvider(issuer: string, name: string, credentials: { clientId: string; clientSecret: string }) {
  return {
    id: "oidc",
    name,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    userinfo: { request: ({ client, tokens }) => readClaims(client, tokens as TokenSet) },
    checks: ["pkce", "state"],
    ...credentials,
    profile: (profile) => ({ id: profile.sub, email: profile.email ?? null, name: profile.name ?? null }),
  } satisfies OAuthConfig<OidcProfile>;
}

const passwordProvider = CredentialsProvider({
  id: "password",
  name: "E-mail and password",
  credentials: { email: {}, password: {} },
  async authorize(credentials, request) {
    const input = signInSchema.safeParse({ email: credentials?.email, password: credentials?.password });
    if (!input.success) return null;
    try {
      const address = callerAddress(new Headers(request.headers as Record<string, string>));
      const user = await verifyCredentials(input.data.email, input.data.password, address);
      return { id: user.id, email: user.email, name: user.name };
    } catch (error) {
      // next-auth shows a thrown error's message on the sign-in page; only ours are written for people.
      if (error instanceof AppError && error.code === "unauthorized") return null;
      throw new Error(
        error instanceof AppError ? error.message : "Signing in failed on our side. Try again in a moment.",
      );
    }
  },
});

/** The ways to sign in that the environment configures; e-mail and password always. */
export function signInProviders(): Provider[] {
  const settings = env();
  const github = providerCredentials(settings.GITHUB_CLIENT_ID, settings.GITHUB_CLIENT_SECRET);
  const google = providerCredentials(settings.GOOGLE_CLIENT_ID, settings.GOOGLE_CLIENT_SECRET);
  const oidc = providerCredentials(settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET);
  return [
    passwordProvider,
    ...(github ? [GitHubProvider(github)] : []),
    ...(google ? [GoogleProvider(google)] : []),
    ...(oidc && settings.OIDC_ISSUER ? [oidcProvider(settings.OIDC_ISSUER, settings.OIDC_NAME, oidc)] : []),
  ];
}

/** Those besides e-mail and password, as the sign-in page offers them. */
export function outsideProviders(): { id: string; name: string }[] {
  const others = signInProviders().filter((provider) => provider.type !== "credentials");
  return others.map(({ id, name }) => ({ id, name }));
}

/** Whether the provider knows the address to be theirs; undefined where it does not say. */
function emailVerified(provider: string, profile: unknown): boolean | undefined {
  // GitHub lists only verified addresses as primary.
  if (provider === "github") return true;
  const said = (profile as OidcProfile | undefined)?.email_verified;
  // Some write the words for it.
  return said === undefined ? undefined : String(said) === "true";
}

// A cookie that has run out is nothing to report: its owner is asked to sign in.
const nextAuthLogger: NonNullable<NextAuthOptions["logger"]> = {
  error(code, metadata) {
    const level = code === "JWT_SESSION_ERROR" ? "debug" : "error";
    logger[level]({ code, err: metadata instanceof Error ? metadata : metadata.error }, "signing in");
  },
  warn: (code) => logger.debug({ code }, "signing in"),
  debug: () => {},
};

const firstSessionVersion = 0;

/** The cookie carries a user id and the account's session version, which ends it; roles are read per request. */
export function authOptions(): NextAuthOptions {
  // next-auth reads its own variable, and without it believes itself at port 3000.
  process.env.NEXTAUTH_URL ??= env().MILLRACE_PUBLIC_URL;
  return {
    secret: keyFor("sessions").toString("base64"),
    session: { strategy: "jwt", maxAge: 30 * 24 * 3600 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: signInProviders(),
    logger: nextAuthLogger,
    // What shows a signed-out person's projects live is told to look again.
    events: { signOut: ({ token }) => tell("session_ended", token.sub ? [token.sub] : []) },
    callbacks: {
      async signIn({ user, account, profile }) {
        if (!account || account.provider === "password") return true;
        if (!user.email) return "/sign-in?error=NoEmail";
        const verified = emailVerified(account.provider, profile);
        // Whoever names somebody else's address is not given an account that its owner would later share with them.
        if (verified === false) return "/sign-in?error=EmailNotVerified";
        try {
          const known = await signInWithIdentity(
            { email: user.email, emailVerified: verified === true, name: user.name ?? null },
            { provider: account.provider, providerAccountId: account.providerAccountId },
          );
          user.id = known.id;
          return true;
        } catch (error) {
          // Not the message itself: anybody could write a link with one.
          if (error instanceof AppError && error.code === "forbidden") return "/sign-in?error=SignUpClosed";
          if (error instanceof AppError) return "/sign-in?error=Refused";
          throw error;
        }
      },
      async jwt({ token, user }) {
        return user ? { sub: user.id, version: await readSessionVersion(user.id) } : token;
      },
      session({ session, token }) {
        // One from before there were versions is the first.
        const { sub: id, version = firstSessionVersion } = token;
        return { ...session, user: Object.assign({}, session.user, { id, version }) };
      },
    },
  };
}
