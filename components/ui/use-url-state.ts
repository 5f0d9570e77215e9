"use client";
import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

/**
 * A part of a screen's state that stands in the URL, so that it can be sent to a colleague. It is written without
 * asking the server for the page again: what it filters, the browser has or fetches itself.
 */
export function useUrlState(name: string): [string, (value: string) => void] {
  const value = useSearchParams().get(name) ?? "";
  const set = useCallback(
    (next: string) => {
      const params = new URLSearchParams(window.location.search);
      if (next) params.set(name, next);
      else params.delete(name);
      const text = params.toString();
      window.history.replaceState(null, "", text ? `?${text}` : window.location.pathname);
    },
    [name],
  );
  return [value, set];
}
