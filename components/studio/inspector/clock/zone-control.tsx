import { useMemo } from "react";
import { useSlowNow } from "@/components/ui/clock";
import { Input } from "@/components/ui/field";
import { isTimeZone, localIso } from "@/lib/triggers/clock/local-time";
import { typedText } from "../typed-value";
import type { ValueControlProps } from "../value-control";

function offsetIn(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(at);
  const offset = parts.find((part) => part.type === "timeZoneName")?.value ?? "";
  return offset === "GMT" ? "UTC+00:00" : offset.replace("GMT", "UTC");
}

/** The viewer's own zone, as a browser calls it, is the likeliest. */
function knownZones(): string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone")])];
}

/** A time zone by its name, found by any part of it. */
export function ZoneControl({ control, io, source, disabled, onChange }: ValueControlProps) {
  const zones = useMemo(knownZones, []);
  const now = new Date(useSlowNow());
  const text = typedText(source);
  const zone = text.trim() || String(io.defaultValue ?? "UTC");
  const isKnown = isTimeZone(zone);
  return (
    <>
      <Input
        {...control}
        list={`${control.id}-zones`}
        disabled={disabled}
        value={text}
        placeholder={String(io.defaultValue ?? "")}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value === "" ? null : { static: event.target.value })}
      />
      <datalist id={`${control.id}-zones`}>
        {zones.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {isKnown && (
        <p className="tabular flex justify-between gap-3 text-ink-soft text-xs">
          <span>It is {localIso(now, zone).slice(11, 16)} there now</span>
          <span className="text-ink-faint">{offsetIn(zone, now)}</span>
        </p>
      )}
    </>
  );
}
