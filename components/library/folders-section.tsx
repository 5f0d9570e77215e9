import { Section } from "@/components/ui/section";

/** Which folders of the machine an action sees is said where the server is operated, not here. */
export function FoldersSection({ projectId }: { projectId: string }) {
  return (
    <Section title="Folders" description="What its handler may use of this server's disk.">
      <div className="flex flex-col gap-3 px-5 py-4 text-sm">
        <p>Its package asks for folders. It sees those that the server's operator grants this project, and no other:</p>
        <code className="break-all rounded-md bg-sunken px-3 py-2 font-mono text-xs">
          MILLRACE_FOLDERS=incoming=/srv/incoming:{projectId}
        </code>
      </div>
    </Section>
  );
}
