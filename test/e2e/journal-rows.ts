import type { Board } from './board';
import { poll } from './fixtures';

/** Upload in the browser's database, reduced to the fields used by stories. */
export interface StoredUpload {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly stage: string;
  readonly isFileKept: boolean;
  readonly fingerprint?: unknown;
  readonly reference?: unknown;
  readonly session?: { readonly bytesAccepted: number };
}

/** Content of the browser's database. */
export interface StoredJournal {
  readonly uploads: readonly StoredUpload[];
  /** Number of stored files. */
  readonly files: number;
  readonly setAside: number;
}

/** Reads the journal directly, without Stapler, in its frame. */
export async function readJournal(board: Pick<Board, 'stapler'>): Promise<StoredJournal> {
  return board.stapler.locator('html').evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('The journal cannot be read.'));
      });
    const db = await settled(indexedDB.open('stapler-journal'));
    try {
      const tx = db.transaction(['batches', 'files', 'set-aside']);
      const [batches, files, setAside] = await Promise.all([
        settled(tx.objectStore('batches').getAll() as IDBRequest<{ uploads: StoredUpload[] }[]>),
        settled(tx.objectStore('files').count()),
        settled(tx.objectStore('set-aside').count()),
      ]);
      return { uploads: batches.flatMap(({ uploads }) => uploads), files, setAside };
    } finally {
      db.close();
    }
  });
}

/**
 * Searches all browser storage of Stapler for texts: databases with the content of their files, web storage, caches and
 * cookies.
 *
 * @returns The texts found.
 */
export async function findKept(board: Pick<Board, 'stapler'>, texts: readonly string[]): Promise<string[]> {
  return board.stapler.locator('html').evaluate(async (_, wanted) => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('A database cannot be read.'));
      });
    const kept = [JSON.stringify([localStorage, sessionStorage]), document.cookie];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request);
        kept.push(name, request.url, JSON.stringify([...request.headers]), (await answer?.text()) ?? '');
      }
    }
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await settled(indexedDB.open(name));
      for (const storeName of db.objectStoreNames) {
        const store = db.transaction(storeName).objectStore(storeName);
        const [keys, values] = await Promise.all([
          settled(store.getAllKeys()),
          settled(store.getAll() as IDBRequest<unknown[]>),
        ]);
        kept.push(JSON.stringify(keys));
        for (const value of values)
          kept.push(value instanceof Blob ? await value.text() : JSON.stringify(value));
      }
      db.close();
    }
    return wanted.filter((text) => kept.some((each) => each.includes(text)));
  }, texts);
}

/** Waits until the journal fulfills the condition. */
export async function untilJournal(
  board: Pick<Board, 'stapler'>,
  has: (journal: StoredJournal) => boolean,
): Promise<void> {
  await poll(async () => has(await readJournal(board))).toBe(true);
}

/** Waits until the journal is empty. */
export async function expectEmptyJournal(board: Pick<Board, 'stapler'>): Promise<void> {
  await poll(() => readJournal(board)).toEqual({ uploads: [], files: 0, setAside: 0 });
}

/** Adds two unreadable entries beside the first one: of a future version, and damaged. */
export async function damageJournal(board: Pick<Board, 'stapler'>): Promise<void> {
  await board.stapler.locator('html').evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('stapler-journal');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('The journal cannot be opened.'));
    });
    const batches = db.transaction('batches', 'readwrite').objectStore('batches');
    await new Promise<void>((resolve, reject) => {
      const reading = batches.getAll() as IDBRequest<object[]>;
      reading.onsuccess = () => {
        const [batch] = reading.result;
        batches.put({ ...batch, id: 'of a version to come', format: 99 });
        batches.put({ ...batch, id: 'damaged', uploads: [{ name: 7 }, 'garbage'] });
      };
      batches.transaction.oncomplete = () => resolve();
      batches.transaction.onerror = () => reject(new Error('The journal cannot be written.'));
    });
    db.close();
  });
}

/** Whether the journal records all bytes as received. */
export function isUploaded({ reference, session, size }: StoredUpload): boolean {
  return reference !== undefined || session?.bytesAccepted === size;
}

/** Whether the rest of the uploads can be resumed: by their stored content, or by a fingerprint of the file. */
export function isKept(how: 'stored' | 'fingerprint only', { uploads }: StoredJournal): boolean {
  const toBeSent = uploads.filter((upload) => !isUploaded(upload));
  return toBeSent.every(({ isFileKept, fingerprint }) =>
    how === 'stored' ? isFileKept : fingerprint !== undefined,
  );
}
