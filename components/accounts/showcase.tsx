const call = `$ curl -X POST https://…/user-api/k3x9/summaries \\
    -H "Authorization: Bearer $MILLRACE_KEY" \\
    -d '{"text": "…"}'`;
const answer = `{"summary": "Rain from the west by noon.", "words": 6}`;
const steps = [
  { name: "API call", from: 0, to: 4, of: "POST /summaries" },
  { name: "Read the text", from: 4, to: 34, of: "python3" },
  { name: "Count words", from: 34, to: 52, of: "nodejs" },
  { name: "Summarise", from: 34, to: 92, of: "python3" },
];

/** What the product does, in one picture: a call, its steps, its answer. */
export function Showcase() {
  return (
    <aside
      aria-hidden="true"
      className="relative hidden overflow-hidden border-line border-l bg-sunken lg:flex lg:flex-col lg:items-center lg:justify-center"
    >
      <div className="flex w-full max-w-xl flex-col gap-4 p-10">
        <pre className="overflow-hidden rounded-lg border border-line bg-surface px-5 py-4 font-mono text-[0.78125rem] leading-6 shadow-card">
          {call}
        </pre>
        <div className="rounded-lg border border-line bg-surface px-5 py-4 shadow-card">
          {steps.map((step) => (
            <div key={step.name} className="grid grid-cols-[8rem_1fr] items-center gap-4 py-1.5 text-sm">
              <span className="truncate">{step.name}</span>
              <span className="relative h-6 rounded-sm bg-sunken">
                <span
                  className="absolute inset-y-0 flex items-center rounded-sm bg-completed/25 px-2 text-2xs text-ink"
                  style={{ left: `${step.from}%`, width: `${step.to - step.from}%` }}
                >
                  {step.to - step.from > 12 && step.of}
                </span>
              </span>
            </div>
          ))}
        </div>
        <pre className="overflow-hidden rounded-lg border border-completed/35 bg-surface px-5 py-4 font-mono text-[0.78125rem] leading-6 shadow-card">
          <span className="text-completed">200 OK</span> {answer}
        </pre>
        <p className="mt-4 max-w-md text-balance font-medium text-lg text-ink-soft">
          A chain of small functions becomes an API that people can call, that survives its machines, and that explains
          itself.
        </p>
      </div>
    </aside>
  );
}
