export interface Toast {
  id: number;
  tone: "plain" | "success" | "error";
  title: string;
  detail?: string;
  action?: { label: string; run: () => void };
}

const lifeMs = 6_000;
/** An undo, or what went wrong, is given longer. */
const longLifeMs = 12_000;

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const currentToasts = (): readonly Toast[] => toasts;

export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** Says something for a while at the page's edge; the same thing said again replaces itself. */
export function showToast(toast: Omit<Toast, "id">): void {
  const id = nextId++;
  const others = toasts.filter((shown) => shown.title !== toast.title || shown.detail !== toast.detail);
  set([...others.slice(-3), { ...toast, id }]);
  setTimeout(() => dismissToast(id), toast.action || toast.tone === "error" ? longLifeMs : lifeMs);
}
