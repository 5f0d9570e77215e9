import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ApiDocsPage } from "@/components/api-docs/api-docs-page";
import { findRoutes } from "@/lib/endpoints";
import { AppError } from "@/lib/errors";
import { projectUrl } from "@/lib/projects";

type Props = { params: Promise<{ project: string }> };

/** Whoever knows a project's address may read its docs: see docs/decisions/004-endpoints-in-browsers.md. */
const openRoutes = cache(async (projectId: string) => {
  try {
    return await findRoutes(projectId);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await openRoutes((await params).project);
  return { title: `${name} API` };
}

export default async function Page({ params }: Props) {
  const { project } = await params;
  const { name, requireKey, endpoints } = await openRoutes(project);
  return (
    <ApiDocsPage
      id={project}
      name={name}
      url={projectUrl(project)}
      documentPath={`/user-api/${encodeURIComponent(project)}/openapi.json`}
      needsKey={requireKey}
      isEmpty={endpoints.length === 0}
    />
  );
}
