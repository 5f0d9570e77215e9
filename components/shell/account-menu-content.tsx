"use client";
import { LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { type ReactNode, useState } from "react";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { UserResource } from "@/lib/accounts/contract";
import { currentTheme, setTheme, type Theme } from "./theme";

const themeOptions = [
  { value: "system", label: "As the system", icon: <Monitor size={15} /> },
  { value: "light", label: "Light", icon: <Sun size={15} /> },
  { value: "dark", label: "Dark", icon: <Moon size={15} /> },
] satisfies { value: Theme; label: string; icon: ReactNode }[];

async function leave(): Promise<void> {
  await signOut({ redirect: false });
  window.location.assign("/sign-in");
}

export default function AccountMenuContent({
  user,
  isCompact,
  trigger,
}: {
  user: UserResource;
  isCompact: boolean;
  trigger: ReactNode;
}) {
  return (
    <Menu startsOpen align={isCompact ? "end" : "start"} side={isCompact ? "bottom" : "top"} trigger={trigger}>
      <div className="px-2.5 pt-1.5 pb-2 text-sm">
        {user.name && <p className="font-medium">{user.name}</p>}
        <p className="text-ink-faint text-xs">{user.email}</p>
      </div>
      <MenuSeparator />
      <ThemeChoice />
      <MenuSeparator />
      <MenuItem asChild>
        <Link href="/account">
          <UserRound size={15} />
          Account
        </Link>
      </MenuItem>
      <MenuItem icon={<LogOut size={15} />} onSelect={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

/** Rendered only while the menu is open, so that the document can be asked. */
function ThemeChoice() {
  const [theme, choose] = useState(currentTheme);
  return (
    <MenuChoice
      label="Theme"
      value={theme}
      options={themeOptions}
      onChange={(chosen) => {
        setTheme(chosen);
        choose(chosen);
      }}
    />
  );
}
