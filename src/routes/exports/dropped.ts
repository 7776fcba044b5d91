/** A file to send, with its folder where it comes from one. */
export interface Chosen {
  path: string;
  file: File;
}

const isHidden = (path: string) =>
  path.split('/').some((part) => part.startsWith('.') || /^(thumbs\.db|desktop\.ini)$/i.test(part));

function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  return new Promise((done, fail) => {
    // A reader gives a hundred at a time, and none when there are no more.
    const more = () =>
      reader.readEntries((some) => {
        if (some.length === 0) return done(all);
        all.push(...some);
        more();
      }, fail);
    more();
  });
}

async function* walk(entry: FileSystemEntry): AsyncGenerator<Chosen> {
  const path = entry.fullPath.replace(/^\//, '');
  if (isHidden(path)) return;
  if (entry.isDirectory) {
    for (const inside of await entriesOf(entry as FileSystemDirectoryEntry)) yield* walk(inside);
  } else {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
    yield { path, file };
  }
}

/** The files of a drop, those in its folders too; hidden files are left out. */
export async function dropped({ items, files }: DataTransfer): Promise<Chosen[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return chosen(files);
  const found: Chosen[] = [];
  for (const entry of entries) for await (const one of walk(entry)) found.push(one);
  return found;
}

/** The files of a file field, or of a folder chosen in one. */
export const chosen = (files: FileList | null): Chosen[] =>
  [...(files ?? [])]
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
    .filter(({ path }) => !isHidden(path));
