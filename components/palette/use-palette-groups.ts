import { useQuery } from "@tanstack/react-query";
import {
  Braces,
  CircleUser,
  Copy,
  FolderKanban,
  Gauge,
  GitBranch,
  KeyRound,
  LayoutGrid,
  type LucideIcon,
  Moon,
  Package,
  Play,
  Plus,
  Rocket,
  ScrollText,
  Search,
  Settings,
  SquarePen,
  Undo2,
  Users,
  Workflow,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { actionHref } from "@/components/library/action-href";
import { actionsQuery } from "@/components/library/queries";
import { projectsQuery } from "@/components/projects/queries";
import { useMay, useProject } from "@/components/projects/use-project";
import { useSettingsParts } from "@/components/settings/use-settings-parts";
import { navItems } from "@/components/shell/nav-items";
import { currentTheme, setTheme } from "@/components/shell/theme";
import { copyText } from "@/components/ui/copy-text";
import { showToast } from "@/components/ui/toast-store";
import { hasEarlierVersion } from "@/components/workflows/has-earlier-version";
import { workflowsQuery } from "@/components/workflows/queries";

export interface PaletteEntry {
  id: string;
  label: string;
  detail?: string;
  icon: LucideIcon;
  keywords?: string[];
  /** Shown whatever is typed: it was made from what is typed. */
  isAlwaysShown?: boolean;
  run: () => void;
}

export interface PaletteGroup {
  heading: string;
  entries: PaletteEntry[];
}

const settingIcons: Readonly<Record<string, LucideIcon>> = {
  Members: Users,
  "API keys": KeyRound,
  Variables: Braces,
  "Library sources": GitBranch,
  "Usage and limits": Gauge,
  "Audit log": ScrollText,
};

function copy(text: string, what: string): void {
  // There is nothing on the screen that it could be selected from.
  void copyText(text, text).then((isCopied) => isCopied && showToast({ tone: "success", title: `${what} copied` }));
}

/** What can be jumped to and done from anywhere in a project, as far as the reader may. */
export function usePaletteGroups(typed: string): PaletteGroup[] {
  const project = useProject();
  const router = useRouter();
  const root = `/${project.id}`;
  const read = {
    workflows: useQuery(workflowsQuery(project.id)).data?.items,
    actions: useQuery(actionsQuery(project.id)).data?.items,
    projects: useQuery(projectsQuery()).data?.items,
  };
  const { workflows = [], actions = [], projects = [] } = read;
  // What finds something for any text would be chosen as long as it is alone.
  const isAllRead = Object.values(read).every((items) => items !== undefined);
  const may = { keys: useMay("keys.manage"), deploy: useMay("workflows.deploy") };
  const settings = useSettingsParts();
  const mayEdit = useMay("workflows.edit");
  const go = (href: string) => () => router.push(href);

  const runId = /WorkflowRun-\d+-[0-9a-z]+/.exec(typed)?.[0];
  const places: PaletteEntry[] = [
    ...navItems(project.id).map(({ label, icon, href }) => ({ id: href, label, icon, run: go(href) })),
    ...settings.map(({ label, href }) => ({
      id: `part ${href}`,
      label: label === "General" ? "General settings" : label,
      icon: settingIcons[label] ?? Settings,
      keywords: ["settings"],
      run: go(href),
    })),
    { id: "account", label: "Your account", icon: CircleUser, run: go("/account") },
  ];
  const verbs: PaletteEntry[] = [
    ...(mayEdit ? [{ id: "new-workflow", label: "New workflow", icon: Plus, run: go(`${root}?new=workflow`) }] : []),
    ...(may.keys
      ? [{ id: "new-key", label: "New API key", icon: Plus, run: go(`${root}/settings/keys?new=key`) }]
      : []),
    { id: "copy-url", label: "Copy the project URL", icon: Copy, run: () => copy(project.url, "The project URL was") },
    {
      id: "copy-openapi",
      label: "Copy the OpenAPI address",
      icon: Copy,
      run: () => copy(project.openapiUrl, "The OpenAPI address was"),
    },
    {
      id: "theme",
      label: "Switch between light and dark",
      icon: Moon,
      run: () => setTheme(currentTheme() === "dark" ? "light" : "dark"),
    },
  ];
  const ofWorkflows = workflows.flatMap((workflow): PaletteEntry[] => {
    const endpoint = workflow.endpoint;
    const keywords = [workflow.id, endpoint?.path ?? ""];
    return [
      {
        id: workflow.id,
        label: workflow.name,
        ...(endpoint && { detail: `${endpoint.method} ${endpoint.path}` }),
        icon: Workflow,
        keywords,
        run: go(`${root}/workflows/${workflow.id}`),
      },
      ...(typed && may.deploy && workflow.valid
        ? [
            {
              id: `deploy-${workflow.id}`,
              label: `Deploy ${workflow.name}`,
              icon: Rocket,
              keywords,
              run: go(`${root}/workflows/${workflow.id}?do=deploy`),
            },
          ]
        : []),
      ...(typed && may.deploy && workflow.state === "live" && hasEarlierVersion(workflow)
        ? [
            {
              id: `rollback-${workflow.id}`,
              label: `Roll back ${workflow.name}`,
              icon: Undo2,
              keywords,
              run: go(`${root}/workflows/${workflow.id}?do=rollback`),
            },
          ]
        : []),
      ...(typed && mayEdit
        ? [
            {
              id: `studio-${workflow.id}`,
              label: `Edit ${workflow.name} in the studio`,
              icon: SquarePen,
              keywords,
              run: go(`${root}/workflows/${workflow.id}/studio`),
            },
          ]
        : []),
      ...(typed && endpoint
        ? [
            {
              id: `url-${workflow.id}`,
              label: `Copy the URL of ${workflow.name}`,
              icon: Copy,
              keywords,
              run: () => copy(endpoint.url, "The URL was"),
            },
          ]
        : []),
    ];
  });
  const groups: PaletteGroup[] = [
    {
      heading: "Run",
      entries: runId
        ? [{ id: runId, label: `Open ${runId}`, icon: Play, isAlwaysShown: true, run: go(`${root}/runs/${runId}`) }]
        : [],
    },
    { heading: "Workflows", entries: ofWorkflows },
    { heading: "Do", entries: verbs },
    { heading: "Go to", entries: places },
    {
      heading: "Library",
      entries: typed
        ? actions.map((action) => ({
            id: `${action.id}@${action.version}`,
            label: action.name,
            detail: `${action.id}@${action.version}`,
            icon: Package,
            run: go(actionHref(project.id, action)),
          }))
        : [],
    },
    {
      heading: "Runs",
      entries:
        typed.trim() && !runId && isAllRead
          ? [
              {
                // cmdk reads the keywords of an entry once, so that another text is another entry.
                id: `search-runs ${typed.trim()}`,
                label: "Find runs by their id or input",
                detail: typed.trim(),
                icon: Search,
                run: go(`${root}/runs?q=${encodeURIComponent(typed.trim())}`),
              },
            ]
          : [],
    },
    {
      heading: "Projects",
      entries: [
        ...projects
          .filter((other) => other.id !== project.id)
          .map((other) => ({ id: other.id, label: other.name, icon: FolderKanban, run: go(`/${other.id}`) })),
        { id: "all-projects", label: "All projects", icon: LayoutGrid, run: go("/projects") },
      ],
    },
  ];
  return groups.filter((group) => group.entries.length > 0);
}
