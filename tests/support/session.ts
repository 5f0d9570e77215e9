import { instance } from "./instance";
import type { Person } from "./project";

/** Signs in as a browser does. @returns the session's cookie */
export async function signInWithCookie(
  person: Pick<Person, "email" | "password">,
  url = instance().url,
): Promise<string> {
  const jar = new Map<string, string>();
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return response;
  };
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const { csrfToken } = await keep(await fetch(`${url}/api/auth/csrf`)).json();
  const body = new URLSearchParams({ csrfToken, email: person.email, password: person.password, json: "true" });
  keep(
    await fetch(`${url}/api/auth/callback/password`, {
      method: "POST",
      headers: { cookie: cookies() },
      body,
      redirect: "manual",
    }),
  );
  if (!jar.has("next-auth.session-token")) throw new Error("The sign-in gave no session.");
  return cookies();
}
