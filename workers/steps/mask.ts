const leastSecretLength = 3;
/** Shorter ones would find their codes in texts that have nothing to do with them. */
const leastEncodedLength = 8;
const mask = "••••••";

/** Encoders differ in what they leave as it is: JavaScript's, Python's `quote` and `quote_plus`, forms. */
function percentForms(secret: string): string[] {
  const strict = encodeSafely(secret).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return [encodeSafely(secret), strict, strict.replaceAll("%2F", "/"), strict.replaceAll("%20", "+")];
}

/** A lone surrogate has no percent form, and is replaced wherever it is encoded. */
function encodeSafely(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}

/** As part of a longer text (`user:secret` of basic authentication) a secret begins at one of three places of base64. */
function base64Forms(secret: string): string[] {
  const parts = [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    const whole = Math.floor((bytes.length * 8) / 6);
    const text = bytes.toString("base64").slice(Math.ceil((offset * 8) / 6), whole);
    return [text, text.replaceAll("+", "-").replaceAll("/", "_")];
  });
  return [Buffer.from(secret).toString("base64"), ...parts];
}

/** The forms in which a secret can turn up in a log line or an error. */
function formsOf(secret: string): string[] {
  const forms = [secret, ...secret.split(/\r?\n/), JSON.stringify(secret).slice(1, -1), ...percentForms(secret)];
  if (secret.length >= leastEncodedLength) forms.push(...base64Forms(secret), Buffer.from(secret).toString("hex"));
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
