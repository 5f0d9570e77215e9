/** A file with its place below the folder that was dropped. */
export interface DroppedFile {
  path: string;
  file: File;
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => {
    entry.file(resolve, reject);
  });

/** A reader gives at most a hundred entries at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}

async function filesOfEntry(entry: FileSystemEntry): Promise<DroppedFile[]> {
  if (entry.isFile) {
    return [{ path: entry.fullPath.replace(/^\//, ""), file: await fileOf(entry as FileSystemFileEntry) }];
  }
  const entries = await entriesOf(entry as FileSystemDirectoryEntry);
  return (await Promise.all(entries.map(filesOfEntry))).flat();
}

/** The files of a drop, those of folders included where wanted. */
export async function filesOfDrop(transfer: DataTransfer, withFolders: boolean): Promise<DroppedFile[]> {
  if (!withFolders) return [...transfer.files].map((file) => ({ path: file.name, file }));
  // The entries must be taken before anything is awaited: the transfer is empty afterwards.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return (await Promise.all(entries.map(filesOfEntry))).flat();
}
