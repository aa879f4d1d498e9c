import type { SortKey } from '../attached/arrange';
import type { AttachedFile } from '../attached/attached-file';
import { keyOfFile } from '../attached/attached-file';
import type { SelectMode } from '../attached/selection';
import { NOTHING_SELECTED, select, selectAll } from '../attached/selection';
import type { Thumbnails } from '../attached/thumbnails';
import type { FormEvent, Host } from '../host/host';
import { toProblem } from '../model/errors';
import type { FileKind } from '../model/file-kind';
import type { ReadonlyStore } from '../base/store';
import type { Runtime } from '../base/runtime';
import type { Attachments } from './attachments';
import type { Changes } from './changes/changes';
import { createChanges } from './changes/changes';
import type { GalleryState, RemovedFile, View } from './gallery-state';
import { createGalleryStore, freshFacts, previewedFile } from './gallery-state';
import type { KnownAdditions } from './read-files';
import { readFiles } from './read-files';
import type { SendFile } from './send-file';
import type { ZipJob } from './zip/zip-job';

/** The attachments of the work item in the form, without their looks. */
export interface GallerySession extends ReadonlyStore<GalleryState>, Changes {
  /** Reads what this user likes. Called once. */
  readonly start: () => Promise<void>;
  /** What the form tells, all of it and in its order. */
  readonly onFormEvent: (event: FormEvent) => void;
  /** The host has answered; until then nobody can say that no work item is there. */
  readonly onConnected: () => void;
  /** The host is silent for too long. */
  readonly onLate: () => void;
  /** Reads the work item again. */
  readonly readAgain: () => void;
  /** Remembered for this user; so is the next. */
  readonly setView: (view: View) => void;
  readonly setWithFamily: (withFamily: boolean) => void;
  /** By this; by the same once more, the other way round. */
  readonly sortBy: (key: SortKey) => void;
  readonly setText: (text: string) => void;
  /** Shows files of this kind as well, or no more; none chosen shows all. */
  readonly toggleKind: (kind: FileKind) => void;
  readonly select: (file: AttachedFile, mode: SelectMode) => void;
  readonly selectAll: () => void;
  readonly selectNone: () => void;
  /** Goes to another work item, as the host does when a person clicks on one. */
  readonly openWorkItem: (workItemId: number) => void;
  /** Looks at a file by itself. */
  readonly preview: (file: AttachedFile) => void;
  /** Goes on to the file that stands so many after it, or before it, as long as there is one. */
  readonly previewNext: (step: 1 | -1) => void;
  readonly closePreview: () => void;
  /** The bytes of a file, to be looked at. See `Attachments.readBytes`. */
  readonly readBytes: Attachments['readBytes'];
  /** Hands the bytes of a file to the person. */
  readonly download: (file: AttachedFile) => Promise<void>;
  readonly dismissTroubles: () => void;
  readonly thumbnails: Thumbnails;
  readonly zip: ZipJob;
}

/** What a session is made of. */
export interface GallerySessionOptions {
  readonly host: Pick<Host, 'readSetting' | 'writeSetting' | 'refreshForm' | 'openWorkItem'>;
  readonly attachments: Attachments;
  readonly thumbnails: Thumbnails;
  /** Gives a file to the person. Rejects when it cannot be had. */
  readonly handOut: (file: AttachedFile) => Promise<void>;
  readonly zip: ZipJob;
  readonly send: SendFile;
  readonly runtime: Runtime;
}

const VIEW_SETTING = 'gallery-view';
const FAMILY_SETTING = 'gallery-family';

/** Follows the form and shows what is attached to its work item. */
export function createGallerySession(options: GallerySessionOptions): GallerySession {
  const { host, attachments, thumbnails, handOut, zip, send, runtime } = options;
  const store = createGalleryStore();
  const { change } = store;
  const bins = new Map<number, readonly RemovedFile[]>();
  let known: KnownAdditions = new Map();
  let turn = 0;

  async function read(workItemId: number): Promise<void> {
    const mine = ++turn;
    const isWanted = (): boolean => mine === turn && store.getSnapshot().workItemId === workItemId;
    const { withFamily } = store.getSnapshot();
    try {
      await readFiles(attachments, { workItemId, withFamily }, known, (found) => {
        if (isWanted()) change({ ...found, problem: undefined });
        return isWanted();
      });
    } catch (error) {
      if (isWanted()) change({ problem: toProblem(error) });
    }
  }

  function readAgain(): void {
    const { status, workItemId } = store.getSnapshot();
    if (status === 'open') void read(workItemId);
  }

  function show(workItemId: number, isReadOnly: boolean): void {
    const before = store.getSnapshot();
    const facts = { status: 'open', workItemId, isReadOnly } as const;
    if (before.workItemId === workItemId && before.status === 'open') change(facts);
    else {
      thumbnails.clear();
      known = new Map();
      change({ ...freshFacts(before), ...facts, bin: bins.get(workItemId) ?? [] });
    }
    void read(workItemId);
  }

  function leave(status: 'empty' | 'new'): void {
    turn++;
    thumbnails.clear();
    change({ ...freshFacts(store.getSnapshot()), status });
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start() {
      const [view, family] = await Promise.all([
        host.readSetting(VIEW_SETTING),
        host.readSetting(FAMILY_SETTING),
      ]);
      if (view === 'list' || view === 'grid') change({ view });
      if (family !== 'yes') return;
      change({ withFamily: true });
      readAgain();
    },

    onConnected: () =>
      store.dispatch(({ status }) => (status === 'connecting' ? { status: 'empty', isLate: false } : {})),

    onLate: () => store.dispatch(({ status }) => ({ isLate: status === 'connecting' })),

    onFormEvent(event) {
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
    },

    readAgain,

    setView(view) {
      change({ view });
      host.writeSetting(VIEW_SETTING, view);
    },

    setWithFamily(withFamily) {
      change({ withFamily });
      host.writeSetting(FAMILY_SETTING, withFamily ? 'yes' : 'no');
      readAgain();
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

    openWorkItem: host.openWorkItem,

    preview: (file) => change({ previewed: keyOfFile(file) }),

    previewNext: (step) =>
      store.dispatch((state) => {
        const { shown, selection } = state;
        const next = shown[previewedFile(state).at + step];
        if (!next) return {};
        const key = keyOfFile(next);
        // Whoever closes the preview goes on from the file that was looked at last.
        return { previewed: key, selection: select(selection, shown.map(keyOfFile), key, 'only') };
      }),

    closePreview: () => change({ previewed: undefined }),

    readBytes: attachments.readBytes,

    async download(file) {
      change({ troubles: [] });
      await handOut(file).catch((error: unknown) =>
        store.dispatch(({ troubles }) => ({
          troubles: [...troubles, { problem: toProblem(error), name: file.name }],
        })),
      );
    },

    ...createChanges({ store, attachments, host, readAgain, bins, runtime, send }),
    dismissTroubles: () => change({ troubles: [] }),
    thumbnails,
    zip,
  };
}
