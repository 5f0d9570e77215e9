import { StartPage } from "@/components/first-steps/start-page";
import { openProjectPage } from "../../open";

export const metadata = { title: "First steps" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  await openProjectPage(params);
  return <StartPage />;
}
