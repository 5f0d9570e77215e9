import type { ComponentProps } from "react";
import { Select } from "@/components/ui/field";
import { type Role, roles } from "@/drizzle/enums";

export function RoleSelect({
  value,
  onChange,
  ...rest
}: { value: Role; onChange: (role: Role) => void } & Omit<ComponentProps<"select">, "value" | "onChange">) {
  return (
    <Select
      {...rest}
      value={value}
      onChange={(event) => {
        const chosen = roles.find((role) => role === event.target.value);
        if (chosen) onChange(chosen);
      }}
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {role}
        </option>
      ))}
    </Select>
  );
}
