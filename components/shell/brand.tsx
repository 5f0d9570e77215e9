/** A water wheel, seen from the side. */
export function BrandMark({ size = 22 }: { size?: number }) {
  const spokes = [0, 45, 90, 135];
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" className="shrink-0 text-accent">
      <circle cx="12" cy="11" r="7.5" fill="none" stroke="currentColor" strokeWidth="2" />
      {spokes.map((angle) => (
        <path
          key={angle}
          d="M12 1.8v18.4"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          transform={`rotate(${angle} 12 11)`}
        />
      ))}
      <circle cx="12" cy="11" r="1.8" fill="var(--color-canvas)" stroke="currentColor" strokeWidth="1.6" />
      <path
        d="M1.5 21.2c1.75 0 1.75 1.3 3.5 1.3s1.75-1.3 3.5-1.3 1.75 1.3 3.5 1.3 1.75-1.3 3.5-1.3 1.75 1.3 3.5 1.3 1.75-1.3 3.5-1.3"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </svg>
  );
}

export function Brand() {
  return (
    <span className="flex items-center gap-2 font-semibold text-lg tracking-tight">
      <BrandMark />
      Millrace
    </span>
  );
}
