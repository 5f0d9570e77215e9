import { useState } from "react";
import { Input, Select } from "@/components/ui/field";
import { type CronPlan, planWords, readPlan, workdays, writePlan } from "@/lib/triggers/clock/cron-plan";
import { typedText } from "../typed-value";
import type { ValueControlProps } from "../value-control";
import { PlanFields } from "./plan-fields";

const choices = [
  { value: "minutes", label: "Every few minutes" },
  { value: "hour", label: "Every hour" },
  { value: "day", label: "Every day" },
  { value: "workdays", label: "Every weekday" },
  { value: "week", label: "On chosen days" },
  { value: "month", label: "Every month" },
  { value: "expression", label: "As an expression" },
] as const;
type Choice = (typeof choices)[number]["value"];

function choiceOf(plan: CronPlan): Choice {
  return plan.every === "week" && plan.weekdays.join() === workdays.join() ? "workdays" : plan.every;
}

/** What is chosen first keeps the time that has been set. */
function planOf(choice: Exclude<Choice, "expression">, before: CronPlan | undefined): CronPlan {
  const time = before && "hour" in before ? { hour: before.hour, minute: before.minute } : { hour: 9, minute: 0 };
  switch (choice) {
    case "minutes":
      return { every: "minutes", minutes: 15 };
    case "hour":
      return { every: "hour", minute: 0 };
    case "day":
      return { every: "day", ...time };
    case "workdays":
      return { every: "week", weekdays: workdays, ...time };
    case "week":
      return { every: "week", weekdays: [1], ...time };
    case "month":
      return { every: "month", day: 1, ...time };
  }
}

/** A cron expression, put together from what people say; one that has no such words is typed. */
export function CronControl({ control, source, disabled, onChange }: ValueControlProps) {
  const expression = typedText(source);
  const plan = readPlan(expression);
  const [wanted, setWanted] = useState<Choice | null>(null);
  const isTyped = wanted === "expression" || (!plan && expression !== "");
  const isWeek = wanted === "week" && plan?.every === "week";
  const choice = isTyped ? "expression" : isWeek ? "week" : plan ? choiceOf(plan) : "";
  const write = (next: CronPlan) => onChange({ static: writePlan(next) });
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-2 [&>:only-child]:col-span-full">
        <Select
          {...(isTyped ? { "aria-label": "Repeats" } : control)}
          disabled={disabled}
          value={choice}
          className={choice === "month" ? "col-span-full" : undefined}
          onChange={(event) => {
            const next = event.target.value as Choice;
            setWanted(next);
            if (next !== "expression") write(planOf(next, plan));
          }}
        >
          {choice === "" && <option value="">Choose …</option>}
          {choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        {!isTyped && plan && (
          <PlanFields plan={plan} hasDays={choice === "workdays"} disabled={disabled} onChange={write} />
        )}
      </div>
      {isTyped && (
        <Input
          {...control}
          disabled={disabled}
          value={expression}
          placeholder="0 18 * * mon-fri"
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-xs"
          onChange={(event) => onChange(event.target.value === "" ? null : { static: event.target.value })}
        />
      )}
      {plan && (
        <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-xs">
          <output aria-label="In words" className="font-medium">
            {planWords(plan)}
          </output>
          {!isTyped && <code className="font-mono text-ink-faint">{expression}</code>}
        </p>
      )}
    </div>
  );
}
