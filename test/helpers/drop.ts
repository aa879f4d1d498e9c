/** A file of a browser, with a folder. Node's own has none. */
export function browserFile(name: string, bytes = 1, folder = '', type = ''): File {
  const file = new File(['x'.repeat(bytes)], name, { type });
  const webkitRelativePath = folder && `${folder}/${name}`;
  return Object.defineProperty(file, 'webkitRelativePath', { value: webkitRelativePath });
}

/** Entry of a dropped file or folder. */
export type FakeEntry = FileSystemEntry;

/** A file in a drop. */
export function fileEntry(name: string, bytes = 1): FakeEntry {
  const file = browserFile(name, bytes);
  return entry({ name, isFile: true, isDirectory: false, file: (found: FileCallback) => found(file) });
}

/** A file deleted before it is read. */
export function lostFileEntry(name: string): FakeEntry {
  return entry({
    name,
    isFile: true,
    isDirectory: false,
    file: (_: FileCallback, failed: ErrorCallback) => failed(new DOMException('Gone.', 'NotFoundError')),
  });
}

/** A folder. Its reader returns at most 100 entries per call, like a browser's. */
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

/** A folder with an error after its first `readable` children. */
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
 * Data of a drop. A `File` is an item without an entry, as in a sandboxed frame.
 *
 * @param files The plain list beside the items.
 * @param texts Number of dragged texts among the items.
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
      // A folder has a pseudo-file as well.
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
