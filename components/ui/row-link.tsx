"use client";
import Link from "next/link";
import { type ComponentProps, useState } from "react";

/** A link among many: what it leads to is fetched when somebody reaches for it, not whenever it is in view. */
export function RowLink(props: ComponentProps<typeof Link>) {
  const [isWanted, setWanted] = useState(false);
  return (
    <Link
      {...props}
      prefetch={isWanted ? null : false}
      onPointerEnter={() => setWanted(true)}
      onFocus={() => setWanted(true)}
    />
  );
}
