/** A file as a browser makes it; Node's own knows nothing of folders. */
export function browserFile(name: string, bytes = 1, folder = '', type = ''): File {
  const file = new File(['x'.repeat(bytes)], name, { type });
  const webkitRelativePath = folder && `${folder}/${name}`;
  return Object.defineProperty(file, 'webkitRelativePath', { value: webkitRelativePath });
}

/** A dropped file or folder as the browser tells it. */
export type FakeEntry = FileSystemEntry;

/** A file in a drop. */
export function fileEntry(name: string, bytes = 1): FakeEntry {
  const file = browserFile(name, bytes);
  return entry({ name, isFile: true, isDirectory: false, file: (found: FileCallback) => found(file) });
}

/** A file that is gone when it is asked for. */
export function lostFileEntry(name: string): FakeEntry {
  return entry({
    name,
    isFile: true,
    isDirectory: false,
    file: (_: FileCallback, failed: ErrorCallback) => failed(new DOMException('Gone.', 'NotFoundError')),
  });
}

/** A folder; its reader hands out at most 100 entries a call, as browsers do. */
export function folderEntry(name: string, children: readonly FakeEntry[]): FakeEntry {
  return entry({
    name,
    isFile: false,
    isDirectory: true,
    createReader() {
      let from = 0;
      return {
        readEntries(found: FileSystemEntriesCallback) {
          found(children.slice(from, from + 100));
          from += 100;
        },
      };
    },
  });
}

/** A folder that fails after its first `readable` children. */
export function lostFolderEntry(name: string, readable: readonly FakeEntry[] = []): FakeEntry {
  return entry({
    name,
    isFile: false,
    isDirectory: true,
    createReader() {
      let isFirst = readable.length > 0;
      return {
        readEntries(found: FileSystemEntriesCallback, failed: ErrorCallback) {
          if (isFirst) found([...readable]);
          else failed(new DOMException('Denied.', 'NotReadableError'));
          isFirst = false;
        },
      };
    },
  });
}

/**
 * What a drop carries. A `File` is an item for which the browser tells no entry, as in a sandboxed frame.
 *
 * @param files The plain list beside the items.
 * @param texts How many dragged texts lie among the items.
 */
export function dropOf(
  dropped: readonly (FakeEntry | File)[],
  files: readonly File[] = [],
  texts = 0,
): DataTransfer {
  const items = [
    ...dropped.map((item) => ({
      kind: 'file',
      webkitGetAsEntry: () => (item instanceof File ? null : item),
      // A folder, too, comes with something that looks like a file.
      getAsFile: () => (item instanceof File ? item : browserFile(item.name)),
    })),
    ...Array.from({ length: texts }, () => ({
      kind: 'string',
      webkitGetAsEntry: () => null,
      getAsFile: () => null,
    })),
  ];
  return { items, files } as unknown as DataTransfer;
}

function entry(parts: object): FakeEntry {
  return parts as unknown as FakeEntry;
}
