import { useCallback, useMemo, useState } from "react";
import { useUrlState } from "@/components/ui/use-url-state";
import type { LogFilter } from "./log-index";
import { type LogLevel, logLevels } from "./log-level";

/** What a log is narrowed to. The levels stand in the URL, and stay from one step to the next. */
export function useLogFilter() {
  const [text, setText] = useState("");
  const [inUrl, setInUrl] = useUrlState("level");
  const filter: LogFilter = useMemo(() => {
    const chosen = new Set(inUrl.split("."));
    return { text, levels: logLevels.filter((level) => chosen.has(level)) };
  }, [text, inUrl]);
  const toggle = useCallback(
    (level: LogLevel) => {
      const { levels } = filter;
      const next = levels.includes(level) ? levels.filter((one) => one !== level) : [...levels, level];
      setInUrl(next.join("."));
    },
    [filter, setInUrl],
  );
  const clear = useCallback(() => {
    setText("");
    setInUrl("");
  }, [setInUrl]);
  return { filter, setText, toggle, clear, isOn: text !== "" || filter.levels.length > 0 };
}
