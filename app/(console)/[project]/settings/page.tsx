import { GeneralPage } from "@/components/settings/general-page";

export const metadata = { title: "Settings" };

export default function Page() {
  return <GeneralPage />;
}
