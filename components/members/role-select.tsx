import type { ComponentProps } from "react";
import { OptionSelect } from "@/components/ui/option-select";
import { type Role, roles } from "@/drizzle/enums";

export function RoleSelect(props: Omit<ComponentProps<typeof OptionSelect<Role>>, "options" | "labels">) {
  return <OptionSelect {...props} options={roles} />;
}
