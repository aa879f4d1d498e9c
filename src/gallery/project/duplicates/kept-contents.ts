import type { DBSchema, IDBPDatabase } from 'idb';
import { openDB } from 'idb';
import { array, is, pipe, regex, string } from 'valibot';
import { countSchema, objectOf } from '../../../base/schema';
import type { ContentStore, KnownContent, PrefixDigest } from './content-store';
import { createMemoryContents } from './content-store';

interface Schema extends DBSchema {
  contents: { key: [partition: string, id: string]; value: unknown };
}

const DATABASE = 'stapler-contents';

const contentSchema = objectOf<KnownContent>({
  size: countSchema,
  digests: array(
    objectOf<PrefixDigest>({ end: countSchema, sha256: pipe(string(), regex(/^[0-9a-f]{64}$/)) }),
  ),
});

/**
 * Creates a store in the database of the browser, or in memory where it stores nothing.
 *
 * @param partition Organization and person; `undefined` if unknown. Called once, when a content is needed.
 */
export function createKeptContents(partition: () => Promise<string | undefined>): ContentStore {
  const memory = createMemoryContents();
  let opening: Promise<Kept | undefined> | undefined;
  const open = (): Promise<Kept | undefined> =>
    (opening ??= openKept(partition, () => void (opening = Promise.resolve(undefined))).catch(
      () => undefined,
    ));

  return {
    async find(ids) {
      const known = await memory.find(ids);
      const kept = await open();
      const stored = await kept?.read(ids.filter((id) => !known.has(id))).catch(() => undefined);
      return new Map([...(stored ?? []), ...known]);
    },
    async readAll() {
      const kept = await open();
      const stored = await kept?.readAll().catch(() => undefined);
      return new Map([...(stored ?? []), ...(await memory.readAll())]);
    },
    async add(id, content) {
      await memory.add(id, content);
      const kept = await open();
      await kept?.write(id, content).catch(() => undefined);
    },
  };
}

/** Contents of one partition. */
interface Kept {
  readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, KnownContent>>;
  readonly readAll: () => Promise<ReadonlyMap<string, KnownContent>>;
  readonly write: (id: string, content: KnownContent) => Promise<void>;
}

/** @param onGone Called when the browser closes the database, or a newer version of Stapler upgrades it. */
async function openKept(
  partition: () => Promise<string | undefined>,
  onGone: () => void,
): Promise<Kept | undefined> {
  const whose = await partition();
  if (whose === undefined) return undefined;
  const db: IDBPDatabase<Schema> = await openDB<Schema>(DATABASE, 1, {
    upgrade(database) {
      database.createObjectStore('contents');
    },
    blocking() {
      onGone();
      db.close();
    },
    terminated: onGone,
  });
  return {
    async read(ids) {
      const { store } = db.transaction('contents');
      const values = await Promise.all(ids.map((id) => store.get([whose, id])));
      return new Map(
        ids.flatMap((id, index) => {
          const value = values[index];
          return is(contentSchema, value) ? [[id, value]] : [];
        }),
      );
    },
    async readAll() {
      const { store } = db.transaction('contents');
      const range = IDBKeyRange.bound([whose], [whose, []]);
      const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
      return new Map(
        keys.flatMap(([, id], index) => {
          const value = values[index];
          return is(contentSchema, value) ? [[id, value]] : [];
        }),
      );
    },
    async write(id, content) {
      await db.put('contents', content, [whose, id]);
    },
  };
}
