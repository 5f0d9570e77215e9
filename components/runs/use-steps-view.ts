import { useSyncExternalStore } from "react";
import { useUrlState } from "@/components/ui/use-url-state";

const stepsViews = ["time", "graph", "both"] as const;
export type StepsView = (typeof stepsViews)[number];

const storageKey = "steps-view";

const never = () => () => {};

/** As what a run's steps are shown where both would push the rest away: as the URL says, else as they were last. */
export function useStepsView(): [StepsView, (view: StepsView) => void] {
  const [inUrl, setInUrl] = useUrlState("as");
  const last = useSyncExternalStore(
    never,
    () => localStorage.getItem(storageKey),
    () => null,
  );
  const choose = (view: StepsView) => {
    localStorage.setItem(storageKey, view);
    setInUrl(view);
  };
  return [stepsViews.find((view) => view === (inUrl || last)) ?? "time", choose];
}
