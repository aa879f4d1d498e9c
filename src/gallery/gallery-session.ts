import type { SortKey } from '../attached/arrange';
import type { AttachedFile } from '../attached/attached-file';
import { attachedFilesOf, keyOfFile } from '../attached/attached-file';
import type { FileKind } from '../model/file-kind';
import type { SelectMode } from '../attached/selection';
import { NOTHING_SELECTED, select, selectAll } from '../attached/selection';
import type { Thumbnails } from '../attached/thumbnails';
import type { FormEvent, Host } from '../host/host';
import { toProblem } from '../model/errors';
import type { Store } from '../model/store';
import { createStore } from '../model/store';
import type { Surroundings } from '../model/surroundings';
import type { Attachments } from './attachments';
import type { GalleryState, RemovedFile, Trouble, View } from './gallery-state';
import { NO_GALLERY, withFacts } from './gallery-state';

/** The page of a work item's attachments, without its looks. */
export interface GallerySession extends Pick<Store<GalleryState, never>, 'getSnapshot' | 'subscribe'> {
  /** Introduces the page to its host. Called once. */
  readonly start: () => Promise<void>;
  /** Reads the work item again. */
  readonly readAgain: () => void;
  /** Remembered for this user. */
  readonly setView: (view: View) => void;
  /** By this; by the same once more, the other way round. */
  readonly sortBy: (key: SortKey) => void;
  readonly setText: (text: string) => void;
  /** Shows files of this kind as well, or no more; none chosen shows all. */
  readonly toggleKind: (kind: FileKind) => void;
  readonly select: (file: AttachedFile, mode: SelectMode) => void;
  readonly selectAll: () => void;
  readonly selectNone: () => void;
  /** Hands the bytes of a file to the person. */
  readonly download: (file: AttachedFile) => Promise<void>;
  /** Takes files away from the work item; `putBack` undoes it. */
  readonly remove: (files: readonly AttachedFile[]) => Promise<void>;
  readonly putBack: (removed: readonly RemovedFile[]) => Promise<void>;
  readonly dismissTroubles: () => void;
  readonly thumbnails: Thumbnails;
}

/** What a session is made of. */
export interface GallerySessionOptions {
  readonly host: Pick<Host, 'connect' | 'loadSucceeded' | 'readSetting' | 'writeSetting' | 'refreshForm'>;
  readonly attachments: Attachments;
  readonly thumbnails: Thumbnails;
  /** Gives a file to the person. Rejects when it cannot be had. */
  readonly handOut: (file: AttachedFile) => Promise<void>;
  readonly later: Surroundings['later'];
  /** See `createStore`. */
  readonly announce: (tell: () => void) => void;
  /** Calls back once the host has been silent for too long. */
  readonly whenPatienceEnds: (callback: () => void) => void;
}

/** Time for a second thought after a removal, in milliseconds; the bin keeps what is removed for longer. */
const UNDO_MS = 10_000;

const VIEW_SETTING = 'gallery-view';

/** Follows the form and shows what is attached to its work item. */
export function createGallerySession(options: GallerySessionOptions): GallerySession {
  const { host, attachments, thumbnails, handOut, later, announce, whenPatienceEnds } = options;
  const store = createStore<GalleryState, (state: GalleryState) => Partial<GalleryState>>(
    (state, change) => withFacts(state, change(state)),
    NO_GALLERY,
    announce,
  );
  const change = (facts: Partial<GalleryState>): void => store.dispatch(() => facts);
  /** What was removed here, by work item. */
  const bins = new Map<number, readonly RemovedFile[]>();
  let turn = 0;

  async function read(workItemId: number): Promise<void> {
    const mine = ++turn;
    const isWanted = (): boolean => mine === turn && store.getSnapshot().workItemId === workItemId;
    try {
      const workItem = await attachments.read(workItemId);
      if (!isWanted()) return;
      const known = additionsOf(store.getSnapshot().files ?? []);
      change({ files: attachedFilesOf(workItem, known), problem: undefined });
      // Who attached what is worth waiting for, and not worth an error.
      const additions = await attachments.readAdditions(workItemId).catch(() => undefined);
      if (additions && isWanted()) change({ files: attachedFilesOf(workItem, additions) });
    } catch (error) {
      if (isWanted()) change({ problem: toProblem(error) });
    }
  }

  function show(workItemId: number, isReadOnly: boolean): void {
    const { workItemId: before, status } = store.getSnapshot();
    const facts = { status: 'open', workItemId, isReadOnly } as const;
    if (before === workItemId && status === 'open') change(facts);
    else {
      thumbnails.clear();
      const { view, arrangement } = store.getSnapshot();
      change({ ...NO_GALLERY, view, arrangement, ...facts, bin: bins.get(workItemId) ?? [] });
    }
    void read(workItemId);
  }

  function leave(status: 'empty' | 'new'): void {
    turn++;
    thumbnails.clear();
    const { view, arrangement } = store.getSnapshot();
    change({ ...NO_GALLERY, view, arrangement, status });
  }

  function onFormEvent(event: FormEvent): void {
    const { workItemId } = event;
    const state = store.getSnapshot();
    const isCurrent = state.status === 'open' && state.workItemId === workItemId;
    switch (event.type) {
      case 'loaded':
        if (event.isNew || !(workItemId > 0)) leave('new');
        else show(workItemId, event.isReadOnly);
        return;
      case 'saved':
        // The first save of a new item is told as `saved` by some hosts (host reference 4.2).
        if (workItemId > 0 && state.status === 'new') show(workItemId, false);
        else if (isCurrent) void read(workItemId);
        return;
      case 'refreshed':
        if (isCurrent) void read(workItemId);
        return;
      case 'unloaded':
        if (isCurrent || (state.status === 'new' && !(workItemId > 0))) leave('empty');
        return;
      case 'changed':
      case 'reset':
        return;
    }
  }

  function tell(...troubles: readonly Trouble[]): void {
    store.dispatch((state) => ({ troubles: [...state.troubles, ...troubles] }));
  }

  /** Does something with files of one work item during which nothing else is done with them. */
  async function whileBusy(
    files: readonly AttachedFile[],
    task: (workItemId: number) => Promise<void>,
  ): Promise<void> {
    const keys = files.map(keyOfFile);
    const [first] = files;
    if (!first || keys.some((key) => store.getSnapshot().busy.has(key))) return;
    store.dispatch(({ busy }) => ({ busy: new Set([...busy, ...keys]), troubles: [] }));
    try {
      await task(first.workItemId);
    } catch (error) {
      tell({ problem: toProblem(error), name: files.length === 1 ? first.name : undefined });
    }
    store.dispatch(({ busy }) => ({ busy: new Set([...busy].filter((key) => !keys.includes(key))) }));
    if (store.getSnapshot().workItemId === first.workItemId) void read(first.workItemId);
    void host.refreshForm(first.workItemId);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start() {
      whenPatienceEnds(() => store.dispatch(({ status }) => ({ isLate: status === 'connecting' })));
      await host.connect(onFormEvent);
      host.loadSucceeded();
      store.dispatch(({ status }) => (status === 'connecting' ? { status: 'empty', isLate: false } : {}));
      const view = await host.readSetting(VIEW_SETTING);
      if (view === 'list' || view === 'grid') change({ view });
    },

    readAgain() {
      const { status, workItemId } = store.getSnapshot();
      if (status === 'open') void read(workItemId);
    },

    setView(view) {
      change({ view });
      host.writeSetting(VIEW_SETTING, view);
    },

    sortBy: (key) =>
      store.dispatch(({ arrangement }) => ({
        arrangement: {
          ...arrangement,
          sortBy: key,
          // What is new or large is looked for more often than what is old or small.
          isDescending:
            arrangement.sortBy === key ? !arrangement.isDescending : key === 'addedAt' || key === 'size',
        },
      })),

    setText: (text) => store.dispatch(({ arrangement }) => ({ arrangement: { ...arrangement, text } })),

    toggleKind: (kind) =>
      store.dispatch(({ arrangement }) => {
        const kinds = new Set(arrangement.kinds);
        if (!kinds.delete(kind)) kinds.add(kind);
        return { arrangement: { ...arrangement, kinds } };
      }),

    select: (file, mode) =>
      store.dispatch(({ selection, shown }) => ({
        selection: select(selection, shown.map(keyOfFile), keyOfFile(file), mode),
      })),

    selectAll: () =>
      store.dispatch(({ selection, shown }) => ({ selection: selectAll(selection, shown.map(keyOfFile)) })),

    selectNone: () =>
      store.dispatch(({ selection: { current } }) => ({ selection: { ...NOTHING_SELECTED, current } })),

    async download(file) {
      change({ troubles: [] });
      await handOut(file).catch((error: unknown) => tell({ problem: toProblem(error), name: file.name }));
    },

    remove: (files) =>
      whileBusy(files, async (workItemId) => {
        const { removed } = await attachments.remove(
          workItemId,
          files.map(({ reference }) => reference.id),
        );
        const byId = new Map(files.map((file) => [file.reference.id, file]));
        const gone = removed.flatMap((linkable): RemovedFile[] => {
          const file = byId.get(linkable.reference.id);
          return file ? [{ file, linkable }] : [];
        });
        const keys = new Set(gone.map(({ file }) => keyOfFile(file)));
        const bin = [...gone, ...(bins.get(workItemId) ?? [])];
        bins.set(workItemId, bin);
        if (store.getSnapshot().workItemId !== workItemId) return;
        store.dispatch(({ files }) => ({
          files: files?.filter((file) => !keys.has(keyOfFile(file))),
          bin,
          justRemoved: keys,
        }));
        later(UNDO_MS, () =>
          store.dispatch(({ justRemoved }) => (justRemoved === keys ? { justRemoved: new Set() } : {})),
        );
      }),

    putBack: (removed) =>
      whileBusy(
        removed.map(({ file }) => file),
        async (workItemId) => {
          const { failures } = await attachments.link(
            workItemId,
            removed.map(({ linkable }) => linkable),
          );
          const isBack = ({ linkable }: RemovedFile): boolean => !failures.has(linkable.reference.id);
          const back = new Set(removed.filter(isBack).map(({ file }) => keyOfFile(file)));
          const bin = (bins.get(workItemId) ?? []).filter(({ file }) => !back.has(keyOfFile(file)));
          bins.set(workItemId, bin);
          if (store.getSnapshot().workItemId !== workItemId) return;
          store.dispatch(({ justRemoved }) => ({
            bin,
            justRemoved: new Set([...justRemoved].filter((key) => !back.has(key))),
          }));
          tell(
            ...removed
              .filter((each) => !isBack(each))
              .map(({ file, linkable }) => ({
                problem: toProblem(failures.get(linkable.reference.id)),
                name: file.name,
              })),
          );
        },
      ),

    dismissTroubles: () => change({ troubles: [] }),
    thumbnails,
  };
}

/** What is known already, until the history was read again. */
function additionsOf(files: readonly AttachedFile[]): ReadonlyMap<string, { by: string; at: number }> {
  return new Map(
    files.map(({ reference, addedBy, addedAt }) => [reference.id, { by: addedBy, at: addedAt }]),
  );
}
