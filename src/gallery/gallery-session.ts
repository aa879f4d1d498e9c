import type { SortKey } from './model/arrange';
import type { AttachedFile } from './model/attached-file';
import { keyOfFile } from './model/attached-file';
import type { SelectMode } from './model/selection';
import type { Thumbnails } from './model/thumbnails';
import type { FormEvent, Host } from '../azure/host/host';
import { toProblem } from '../base/errors';
import { createLatest } from '../base/async';
import type { FileKind } from '../base/file-kind';
import { retry } from '../base/retry';
import type { ReadonlyStore } from '../base/store';
import type { Runtime } from '../base/runtime';
import type { Attachments } from './attachments';
import { describeAbandoned } from './changes/change-sentences';
import type { EditGate } from './changes/edit-gate';
import { createEditGate } from './changes/edit-gate';
import type { FileChanges } from './changes/file-changes';
import { createFileChanges } from './changes/file-changes';
import type { Replacements } from './changes/replacing';
import { createReplacements } from './changes/replacing';
import type { Transfers } from './changes/transfers';
import { createTransfers } from './changes/transfers';
import type { Download } from './download';
import type { Downloads } from './downloads';
import { createDownloads } from './downloads';
import type { GalleryState, RemovedFile, View } from './gallery-state';
import { createGalleryStore, freshFacts } from './gallery-state';
import type { KnownAdditions } from './read-files';
import { readFiles } from './read-files';
import type { SendFile } from './send-file';
import {
  sortedBy,
  withAllSelected,
  withKindToggled,
  withNextPreviewed,
  withNoneSelected,
  withSelected,
  withText,
} from './state-changes';
import type { ZipJob } from './zip/zip-job';

/** Commands that change attachments. */
interface Changes extends FileChanges {
  readonly replacements: Replacements;
  readonly transfers: Transfers;
}

/** State and commands of the gallery: the attachments of the work item in the form. */
export interface GallerySession extends ReadonlyStore<GalleryState>, Changes {
  /** Reads the user's settings. Called once. */
  readonly start: () => Promise<void>;
  /** Receives all events of the form, in order. */
  readonly onFormEvent: (event: FormEvent) => void;
  /** The host is connected. Until then, a missing work item may still be on its way. */
  readonly onConnected: () => void;
  /** The host has not connected in time. */
  readonly onLate: () => void;
  /** Reads the attachments of the work item again. */
  readonly readAgain: () => void;
  /** Saved as a user setting. */
  readonly setView: (view: View) => void;
  /** Saved as a user setting. */
  readonly setWithFamily: (withFamily: boolean) => void;
  /** Sorts by `key`; reverses the order if already sorted by it. */
  readonly sortBy: (key: SortKey) => void;
  readonly setText: (text: string) => void;
  /** Adds a kind to the filter, or removes it. An empty filter shows all kinds. */
  readonly toggleKind: (kind: FileKind) => void;
  readonly select: (file: AttachedFile, mode: SelectMode) => void;
  readonly selectAll: () => void;
  readonly selectNone: () => void;
  /** Opens another work item the way the host does for a click. */
  readonly openWorkItem: (workItemId: number) => void;
  /** Opens the preview of a file. */
  readonly preview: (file: AttachedFile) => void;
  /**
   * Previews the next or previous file, if there is one.
   *
   * @param mode Effect on the selection; `only` by default.
   */
  readonly previewNext: (step: 1 | -1, mode?: SelectMode) => void;
  readonly closePreview: () => void;
  /** See `Attachments.readBytes`. */
  readonly readBytes: Attachments['readBytes'];
  /** Saves a file to the person's disk. Reports a failure as one of `errors`. */
  readonly download: (file: AttachedFile) => Promise<void>;
  readonly downloads: Downloads;
  /** Changes that wait for a save of the form. */
  readonly edits: EditGate;
  readonly dismissErrors: () => void;
  readonly thumbnails: Thumbnails;
  readonly zip: ZipJob;
}

/** Dependencies of `createGallerySession`. */
export interface GallerySessionOptions {
  readonly host: Pick<
    Host,
    | 'readSetting'
    | 'writeSetting'
    | 'refreshForm'
    | 'openWorkItem'
    | 'getUnsavedEdits'
    | 'saveForm'
    | 'showToast'
  >;
  readonly attachments: Attachments;
  readonly thumbnails: Thumbnails;
  readonly download: Download;
  readonly zip: ZipJob;
  readonly send: SendFile;
  readonly runtime: Runtime;
}

const VIEW_SETTING = 'gallery-view';
const FAMILY_SETTING = 'gallery-family';

/** Creates a gallery without a work item; it follows the form. */
export function createGallerySession(options: GallerySessionOptions): GallerySession {
  const { host, attachments, thumbnails, download, zip, send, runtime } = options;
  const store = createGalleryStore();
  const { change } = store;
  const bins = new Map<number, readonly RemovedFile[]>();
  let known: KnownAdditions = new Map();
  const startRead = createLatest();

  async function read(workItemId: number): Promise<void> {
    const isLatest = startRead();
    const isWanted = (): boolean => isLatest() && store.getSnapshot().workItemId === workItemId;
    const { withFamily } = store.getSnapshot();
    const readOnce = async (): Promise<void> => {
      if (!isWanted()) return;
      try {
        await readFiles(attachments, { workItemId, withFamily }, known, (found) => {
          if (isWanted()) change({ ...found, problem: undefined });
          return isWanted();
        });
      } catch (error) {
        if (isWanted()) change({ problem: toProblem(error) });
        throw error;
      }
    };
    // The state has the error of the last attempt.
    await retry(readOnce, { runtime, waitsForSignIn: true }).catch(() => undefined);
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
    // Ignore a read in progress.
    startRead();
    thumbnails.clear();
    change({ ...freshFacts(store.getSnapshot()), status });
  }

  const follow = followForm({ getState: store.getSnapshot, show, leave, read: (id) => void read(id) });
  const downloads = createDownloads(download, runtime);
  const edits = createEditGate({
    host,
    onAbandoned: (files) => host.showToast(describeAbandoned(files)),
    runtime,
  });
  const changeOptions = { store, attachments, host, edits, readAgain, bins, runtime, send };
  const fileChanges = createFileChanges(changeOptions);

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
      edits.onFormEvent(event);
      follow(event);
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

    sortBy: (key) => store.dispatch(sortedBy(key)),
    setText: (text) => store.dispatch(withText(text)),
    toggleKind: (kind) => store.dispatch(withKindToggled(kind)),
    select: (file, mode) => store.dispatch(withSelected(file, mode)),
    selectAll: () => store.dispatch(withAllSelected),
    selectNone: () => store.dispatch(withNoneSelected),
    openWorkItem: host.openWorkItem,
    preview: (file) => change({ previewed: keyOfFile(file) }),
    previewNext: (step, mode = 'only') => store.dispatch(withNextPreviewed(step, mode)),
    closePreview: () => change({ previewed: undefined }),
    readBytes: attachments.readBytes,

    async download(file) {
      change({ errors: [] });
      await downloads
        .start(file)
        .catch((error: unknown) =>
          change({ errors: [...store.getSnapshot().errors, { problem: toProblem(error), name: file.name }] }),
        );
    },

    remove: fileChanges.remove,
    restore: fileChanges.restore,
    changeComment: fileChanges.changeComment,
    replacements: createReplacements(changeOptions),
    transfers: createTransfers(changeOptions),
    downloads,
    edits,
    dismissErrors: () => change({ errors: [] }),
    thumbnails,
    zip,
  };
}

/** Commands of a gallery for the work item in the form. */
interface FormCommands {
  readonly getState: () => GalleryState;
  readonly show: (workItemId: number, isReadOnly: boolean) => void;
  readonly leave: (status: 'empty' | 'new') => void;
  readonly read: (workItemId: number) => void;
}

/** Returns a listener for form events. */
function followForm({ getState, show, leave, read }: FormCommands): (event: FormEvent) => void {
  return (event) => {
    const { workItemId } = event;
    const state = getState();
    const isCurrent = state.status === 'open' && state.workItemId === workItemId;
    switch (event.type) {
      case 'loaded':
        if (event.isNew || !(workItemId > 0)) leave('new');
        else show(workItemId, event.isReadOnly);
        return;
      case 'saved':
        // Some hosts report the first save of a new item as `saved` (host reference 4.2).
        if (workItemId > 0 && state.status === 'new') show(workItemId, false);
        else if (isCurrent) read(workItemId);
        return;
      case 'refreshed':
        if (isCurrent) read(workItemId);
        return;
      case 'unloaded':
        if (isCurrent || (state.status === 'new' && !(workItemId > 0))) leave('empty');
        return;
      case 'changed':
      case 'reset':
        return;
    }
  };
}
