import { Input, Select } from "@/components/ui/field";
import { type CronPlan, minuteSteps, timeText, weekdayNames } from "@/lib/triggers/clock/cron-plan";

interface PartProps<Plan extends CronPlan> {
  plan: Plan;
  disabled: boolean;
  onChange: (plan: CronPlan) => void;
}

type Timed = Extract<CronPlan, { hour: number }>;

/** What a plan leaves open: which days, unless they have been chosen, and at what time. */
export function PlanFields({ plan, hasDays, ...rest }: PartProps<CronPlan> & { hasDays: boolean }) {
  switch (plan.every) {
    case "minutes":
      return <Steps plan={plan} {...rest} />;
    case "hour":
      return <MinuteOfHour plan={plan} {...rest} />;
    case "day":
      return <TimeOfDay plan={plan} {...rest} />;
    case "week":
      return (
        <>
          <TimeOfDay plan={plan} {...rest} />
          {!hasDays && <Weekdays plan={plan} {...rest} />}
        </>
      );
    case "month":
      return (
        <>
          <DayOfMonth plan={plan} {...rest} />
          <TimeOfDay plan={plan} {...rest} />
        </>
      );
  }
}

type Of<Every extends CronPlan["every"]> = PartProps<Extract<CronPlan, { every: Every }>>;

function Steps({ plan, disabled, onChange }: Of<"minutes">) {
  return (
    <Select
      aria-label="Minutes apart"
      disabled={disabled}
      value={plan.minutes}
      onChange={(event) => onChange({ ...plan, minutes: Number(event.target.value) })}
    >
      {minuteSteps.map((minutes) => (
        <option key={minutes} value={minutes}>
          {minutes === 1 ? "every minute" : `every ${minutes} minutes`}
        </option>
      ))}
    </Select>
  );
}

function MinuteOfHour({ plan, disabled, onChange }: Of<"hour">) {
  return (
    <Select
      aria-label="Minute of the hour"
      disabled={disabled}
      value={plan.minute}
      onChange={(event) => onChange({ ...plan, minute: Number(event.target.value) })}
    >
      {Array.from({ length: 60 }, (_, minute) => String(minute).padStart(2, "0")).map((minute) => (
        <option key={minute} value={Number(minute)}>
          at :{minute}
        </option>
      ))}
    </Select>
  );
}

function TimeOfDay({ plan, disabled, onChange }: PartProps<Timed>) {
  return (
    <Input
      type="time"
      aria-label="Time of day"
      required
      disabled={disabled}
      value={timeText(plan)}
      onChange={(event) => {
        const [hour, minute] = event.target.value.split(":").map(Number);
        // Half-typed, it is empty: the time before stands.
        if (hour !== undefined && minute !== undefined) onChange({ ...plan, hour, minute });
      }}
    />
  );
}

/** The week begins on Monday, as in most of the world. */
const weekdayOrder = [1, 2, 3, 4, 5, 6, 0];

function Weekdays({ plan, disabled, onChange }: Of<"week">) {
  const toggle = (day: number) => {
    const without = plan.weekdays.filter((other) => other !== day);
    const weekdays = without.length < plan.weekdays.length ? without : [...without, day].sort((a, b) => a - b);
    // A week without a day is no time at all.
    if (weekdays.length > 0) onChange({ ...plan, weekdays });
  };
  return (
    <fieldset disabled={disabled} className="col-span-full">
      <legend className="sr-only">Days of the week</legend>
      <div className="flex gap-1">
        {weekdayOrder.map((day) => (
          <label
            key={day}
            className="relative flex h-8 flex-1 cursor-pointer items-center justify-center rounded-md border border-line-strong text-ink-soft text-xs shadow-card transition-colors hover:bg-hover has-checked:border-accent has-checked:bg-accent has-checked:font-medium has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
          >
            <input
              type="checkbox"
              aria-label={weekdayNames[day]}
              checked={plan.weekdays.includes(day)}
              onChange={() => toggle(day)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {weekdayNames[day]?.slice(0, 2)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function DayOfMonth({ plan, disabled, onChange }: Of<"month">) {
  return (
    <Select
      aria-label="Day of the month"
      disabled={disabled}
      value={plan.day}
      onChange={(event) =>
        onChange({ ...plan, day: event.target.value === "last" ? "last" : Number(event.target.value) })
      }
    >
      {Array.from({ length: 31 }, (_, index) => index + 1).map((day) => (
        <option key={day} value={day}>
          on day {day}
        </option>
      ))}
      <option value="last">on the last day</option>
    </Select>
  );
}
