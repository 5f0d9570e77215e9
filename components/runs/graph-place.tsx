/** Where the graph of a run will stand. */
export const GraphPlace = () => (
  <p
    role="status"
    className="flex h-64 animate-breathe items-center justify-center rounded-lg border border-line bg-surface text-ink-faint text-sm"
  >
    Loading the graph …
  </p>
);
