/** What is wrong with a private key for an SSH server, as far as it can be told without using it; or nothing. Pure. */
export function privateKeyProblem(text: string): string | undefined {
  const [, kind, body] =
    /^-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----\s+([\s\S]+?)-----END \1PRIVATE KEY-----\s*$/.exec(text.trim()) ?? [];
  if (kind === undefined || body === undefined)
    return "This is no private key: it begins with -----BEGIN OPENSSH PRIVATE KEY----- and is not the file that ends in .pub.";
  if (isLocked(kind, body))
    return "The key has a passphrase, which nobody is there to type. Make one without: ssh-keygen -N ''.";
  return undefined;
}

function decodeBase64(text: string): string {
  try {
    return atob(text.replace(/\s/g, ""));
  } catch {
    return "";
  }
}

const opensshMagic = "openssh-key-v1\0";

/** OpenSSH's own format names its cipher first; the older ones have a header line, or say so in their name. */
function isLocked(kind: string, body: string): boolean {
  if (kind !== "OPENSSH ") return kind === "ENCRYPTED " || body.includes("ENCRYPTED");
  const bytes = decodeBase64(body);
  const at = opensshMagic.length;
  // The cipher's name follows, led by its length in four bytes.
  return bytes.startsWith(opensshMagic) && bytes.slice(at + 4, at + 4 + bytes.charCodeAt(at + 3)) !== "none";
}
