import { redirect } from "next/navigation";

/** The dashboard is the list of workflows. */
export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  redirect(`/${(await params).project}`);
}
