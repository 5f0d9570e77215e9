"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext } from "react";
import { type Permission, roleMay } from "@/lib/auth/permissions";
import type { ProjectResource } from "@/lib/projects/contract";
import { projectQuery } from "./queries";

const ProjectIdContext = createContext<string | null>(null);

export const ProjectProvider = ({ projectId, children }: { projectId: string; children: ReactNode }) => (
  <ProjectIdContext value={projectId}>{children}</ProjectIdContext>
);

export function useProjectId(): string {
  const id = useContext(ProjectIdContext);
  if (!id) throw new Error("useProjectId needs a ProjectProvider above it");
  return id;
}

/** The project that the screen stands in; its layout has read it already. */
export function useProject(): ProjectResource {
  return useSuspenseQuery(projectQuery(useProjectId())).data;
}

/** Whether the reader's role includes something: what it does not is not offered. */
export function useMay(permission: Permission): boolean {
  return roleMay(useProject().role, permission);
}
