"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useState } from "react";

/**
 * A part of a screen's state that stands in the URL, so that it can be sent to a colleague. It is written without
 * asking the server for the page again: what it filters, the browser has or fetches itself.
 */
export function useUrlState(name: string): [string, (value: string) => void] {
  const inUrl = useSearchParams().get(name) ?? "";
  // The router tells of a new URL a little later; what was chosen is shown at once.
  const [chosen, setChosen] = useState({ value: inUrl, inUrl });
  if (chosen.inUrl !== inUrl) setChosen({ value: inUrl, inUrl });
  const set = useCallback(
    (value: string) => {
      setChosen((before) => ({ ...before, value }));
      const params = new URLSearchParams(window.location.search);
      if (value) params.set(name, value);
      else params.delete(name);
      const text = params.toString();
      window.history.replaceState(null, "", text ? `?${text}` : window.location.pathname);
    },
    [name],
  );
  return [chosen.value, set];
}
