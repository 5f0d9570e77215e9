const started = Date.now();
const color = process.stdout.isTTY;
const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/** Says what is being done, does it, and says how long it took. */
export async function step<T>(title: string, run: (note: (text: string) => void) => Promise<T>): Promise<T> {
  const begun = Date.now();
  console.log(`${paint(36, "•")} ${title} …`);
  const result = await run((text) => console.log(`    ${text}`));
  console.log(`${paint(32, "✓")} ${title} ${paint(2, `(${seconds(begun)})`)}`);
  return result;
}

export function warn(text: string): void {
  console.log(`${paint(33, "!")} ${text}`);
}

export function sinceStart(): string {
  return seconds(started);
}

export { paint };
