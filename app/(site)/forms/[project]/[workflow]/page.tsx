import { notFound } from "next/navigation";
import { cache } from "react";
import { PublicForm } from "@/components/public-form/public-form";
import { findLiveForm, presentForm } from "@/lib/endpoints";
import { AppError } from "@/lib/errors";

interface Props {
  params: Promise<{ project: string; workflow: string }>;
}

const read = cache(async (project: string, workflow: string) => {
  try {
    return presentForm(await findLiveForm(project, workflow));
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props) {
  const { project, workflow } = await params;
  const { title, introduction } = await read(project, workflow);
  return { title: { absolute: title }, description: introduction.slice(0, 200), robots: { index: false } };
}

/** Open to everybody: no session is read, and nothing of the project is shown but the form. */
export default async function Page({ params }: Props) {
  const { project, workflow } = await params;
  const form = await read(project, workflow);
  return <PublicForm form={form} action={`/forms/${project}/${workflow}/submissions`} />;
}
