/** The same work as the benchmark's handlers do. */
export async function greet(name: string): Promise<string> {
  return `Hello ${name}!`;
}
