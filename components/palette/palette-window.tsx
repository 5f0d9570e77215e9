"use client";
import { Command } from "cmdk";
import { Dialog as Radix } from "radix-ui";
import { useState } from "react";
import { rank } from "./rank";
import { type PaletteEntry, type PaletteGroup, usePaletteGroups } from "./use-palette-groups";

const byRank = (id: string, typed: string, [label = "", ...further]: string[] = []) =>
  rank(typed, label, [...further, id]);

export default function PaletteWindow({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const groups = usePaletteGroups(typed);
  const choose = (entry: PaletteEntry) => {
    onClose();
    entry.run();
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-[oklch(0.15_0.02_240/0.45)] backdrop-blur-[2px]" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12dvh] z-50 mx-auto max-w-xl animate-pop overflow-hidden rounded-xl border border-line bg-raised shadow-dialog outline-none"
        >
          <Radix.Title className="sr-only">Search and commands</Radix.Title>
          <Command label="Search and commands" loop filter={byRank}>
            <Command.Input
              autoFocus
              value={typed}
              onValueChange={setTyped}
              placeholder="Go to a workflow, a run, an action, or do something …"
              className="h-12 w-full border-line border-b bg-transparent px-4 text-base outline-none focus-visible:outline-none"
            />
            <Command.List className="max-h-[min(26rem,60dvh)] scroll-py-2 overflow-y-auto p-2">
              <Command.Empty className="px-3 py-8 text-center text-ink-faint text-sm">
                Nothing is called that here.
              </Command.Empty>
              {groups.map((group) => (
                <Group key={group.heading} group={group} onChoose={choose} />
              ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Group({ group, onChoose }: { group: PaletteGroup; onChoose: (entry: PaletteEntry) => void }) {
  return (
    <Command.Group
      heading={group.heading}
      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-ink-faint"
    >
      {group.entries.map((entry) => (
        <Command.Item
          key={entry.id}
          value={entry.id}
          keywords={[entry.label, entry.detail ?? "", ...(entry.keywords ?? [])]}
          forceMount={entry.isAlwaysShown ?? false}
          onSelect={() => onChoose(entry)}
          className="flex h-9 cursor-pointer items-center gap-3 rounded-md px-3 text-sm data-[selected=true]:bg-hover [&_svg]:text-ink-faint data-[selected=true]:[&_svg]:text-accent"
        >
          <entry.icon size={15} aria-hidden="true" className="shrink-0" />
          <span dir="auto" className="min-w-0 flex-1 truncate text-left">
            {entry.label}
          </span>
          {entry.detail && (
            <span className="max-w-[45%] truncate font-mono text-ink-faint text-xs">{entry.detail}</span>
          )}
        </Command.Item>
      ))}
    </Command.Group>
  );
}
