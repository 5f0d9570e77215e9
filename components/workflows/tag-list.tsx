import Link from "next/link";

const shownTags = 3;

/** A workflow's tags; each leads to the others that have it. */
export function TagList({ projectId, tags }: { projectId: string; tags: string[] }) {
  if (tags.length === 0) return null;
  const hidden = tags.slice(shownTags);
  return (
    <ul aria-label="Tags" className="flex min-w-0 items-center gap-1">
      {tags.slice(0, shownTags).map((tag) => (
        <li key={tag} className="min-w-0">
          <Link
            href={`/${projectId}?tag=${encodeURIComponent(tag)}`}
            className="relative block max-w-32 truncate rounded-full border border-line bg-sunken px-2 text-2xs text-ink-soft leading-4.5 transition-colors hover:border-line-strong hover:text-ink"
          >
            {tag}
          </Link>
        </li>
      ))}
      {hidden.length > 0 && (
        <li title={hidden.join(", ")} className="relative text-2xs text-ink-faint">
          +{hidden.length}
        </li>
      )}
    </ul>
  );
}
