/** The icon of an action of the catalogue; its name stands beside it. */
export function ActionLogo({ id }: { id: string }) {
  return (
    // biome-ignore lint/performance/noImgElement: a small picture of our own, already in its size
    <img
      src={`/api/v1/catalogue/${encodeURIComponent(id)}/logo`}
      alt=""
      width={36}
      height={36}
      loading="lazy"
      className="size-9 shrink-0 rounded-lg"
    />
  );
}
