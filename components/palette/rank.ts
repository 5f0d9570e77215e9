/** How well what stands in the palette fits what is typed: 0 is not at all. Every word typed must be in it. Pure. */
export function rank(typed: string, label: string, further: readonly string[] = []): number {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return 1;
  const name = label.toLowerCase();
  if (name.startsWith(wanted)) return 1;
  const words = wanted.split(/\s+/);
  const all = [name, ...further.map((text) => text.toLowerCase())];
  if (!words.every((word) => all.some((text) => text.includes(word)))) return 0;
  if (words.every((word) => name.split(/[\s-]+/).some((part) => part.startsWith(word)))) return 0.8;
  return words.every((word) => name.includes(word)) ? 0.6 : 0.4;
}
