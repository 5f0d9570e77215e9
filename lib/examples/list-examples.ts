import { userUseCase } from "@/lib/auth";
import type { Example } from "./contract";
import { readExamples } from "./read-examples";

export const listExamples = userUseCase(async (): Promise<{ items: Example[] }> => {
  const all = await readExamples();
  return { items: all.map(({ id, title, description, tryWith }) => ({ id, title, description, tryWith })) };
});
