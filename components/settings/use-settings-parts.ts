import { useMay, useProjectId } from "@/components/projects/use-project";

/** The parts of the settings that the reader may see. */
export function useSettingsParts(): { label: string; href: string }[] {
  const root = `/${useProjectId()}/settings`;
  const parts = [
    { label: "General", href: root, isShown: true },
    { label: "Members", href: `${root}/members`, isShown: true },
    { label: "API keys", href: `${root}/keys`, isShown: useMay("keys.view") },
    { label: "Variables", href: `${root}/variables`, isShown: useMay("variables.view") },
    { label: "Library sources", href: `${root}/sources`, isShown: true },
    { label: "Usage and limits", href: `${root}/usage`, isShown: true },
    { label: "Audit log", href: `${root}/audit`, isShown: useMay("audit.view") },
  ];
  return parts.filter((part) => part.isShown);
}
