const leastSecretLength = 3;
const mask = "••••••";

/** The forms in which a secret can turn up in a log line or an error. */
function formsOf(secret: string): string[] {
  const forms = [secret, ...secret.split(/\r?\n/), JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  if (secret.length >= 8) forms.push(Buffer.from(secret).toString("base64"));
  return forms.filter((form) => form.length >= leastSecretLength);
}

/** Hides a step's secrets wherever they turn up in what is written down about it. */
export class SecretMask {
  private forms: string[];

  constructor(secrets: string[]) {
    // Longest first, so that one that contains another is hidden whole.
    this.forms = [...new Set(secrets.flatMap(formsOf))].sort((left, right) => right.length - left.length);
  }

  hide(text: string): string {
    let hidden = text;
    for (const form of this.forms) if (hidden.includes(form)) hidden = hidden.replaceAll(form, mask);
    return hidden;
  }

  /** Whether a value carries a secret on, so that it must be treated as one itself. */
  finds(text: string): boolean {
    return this.forms.some((form) => text.includes(form));
  }
}
