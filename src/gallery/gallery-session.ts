import type { SortKey } from './model/arrange';
import type { AttachedFile } from './model/attached-file';
import { attachmentOf, keyOfFile, partsOf } from './model/attached-file';
import type { Filters } from './model/filters';
import { viewUrl } from './model/file-links';
import type { SelectMode } from './model/selection';
import type { Thumbnails } from './model/thumbnails';
import type { FormEvent, Host } from '../azure/host/host';
import type { PagePolicy } from '../upload/rules/policy/hidden-parts';
import type { SaveGate } from '../upload/form/save-gate';
import type { FrameServices } from '../upload/frame-services';
import type { ReadonlyStore } from '../base/store';
import type { Runtime } from '../base/runtime';
import type { Attachments } from './attachments';
import type { BundlerOptions } from './bundle/bundler';
import { errorOf } from './changes/change-tools';
import type { Changes } from './changes/changes';
import type { LazyCommands } from './changes/lazy-commands';
import { createLazyCommands } from './changes/lazy-commands';
import { createChanges } from './changes/changes';
import type { Download } from './download';
import { followForm } from './follow-form';
import type { Downloads } from './downloads';
import { createDownloads } from './downloads';
import { createGalleryReads } from './gallery-reads';
import type { GalleryReads } from './gallery-reads';
import type { GalleryState, GalleryStore, RemovedFile, View } from './gallery-state';
import { createGalleryStore, freshFacts } from './gallery-state';
import type { SendFile } from './send-file';
import {
  groupedByFolder,
  sortedBy,
  withAllSelected,
  withFilters,
  withNextPreviewed,
  withNoneSelected,
  withSelected,
  withSizeInTexts,
} from './state-changes';
import type { RunTask } from './workers/tasks';
import type { ZipJob } from './zip/zip-job';

/** State and commands of the gallery: the attachments of the work item in the form. */
export interface GallerySession extends ReadonlyStore<GalleryState>, Changes, LazyCommands {
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
  /** See `GalleryReads`. */
  readonly onRead: GalleryReads['onRead'];
  /** See `GalleryReads`. */
  readonly followReads: GalleryReads['followReads'];
  /** Shows only the latest files, or all of them. Reads the work item, with authors and relatives, to show all. */
  readonly setFolded: (isFolded: boolean) => void;
  /** Saved as a user setting. */
  readonly setView: (view: View) => void;
  /** Saved as a user setting. */
  readonly setWithFamily: (withFamily: boolean) => void;
  /** Shows files in texts of the work item, or not. Saved as a user setting. */
  readonly setWithTexts: (withTexts: boolean) => void;
  /** Receives the size of a file in texts. */
  readonly onSizeInTexts: (file: AttachedFile, size: number) => void;
  /** Sorts by `key`; reverses the order if already sorted by it. */
  readonly sortBy: (key: SortKey) => void;
  /** Keeps the files of each folder together. */
  readonly groupByFolder: (byFolder: boolean) => void;
  /** Changes some of the filters. */
  readonly filterBy: (filters: Partial<Filters>) => void;
  readonly select: (file: AttachedFile, mode: SelectMode) => void;
  readonly selectAll: () => void;
  readonly selectNone: () => void;
  /** Opens another work item the way the host does for a click. */
  readonly openWorkItem: (workItemId: number) => void;
  /** Opens the panel to attach files to more work items. */
  readonly attachToMore: (files: readonly AttachedFile[]) => void;
  /** See `PagePolicy`. */
  readonly isHidden: PagePolicy['isHidden'];
  /** Opens the preview of a file; downloads it where previews are switched off. */
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
  /** Saves files to the person's disk, one after the other. Reports failures as `errors`. */
  readonly download: (...files: readonly AttachedFile[]) => Promise<void>;
  readonly downloads: Downloads;
  /** Changes that wait for a save of the form. */
  readonly gate: SaveGate;
  /** Shows a file in a tab of its own, if it has a `viewUrl`. Reports a failure as one of `errors`. */
  readonly openInNewTab: (file: AttachedFile) => void;
  readonly dismissErrors: () => void;
  readonly dismissCopied: () => void;
  /** See `Attachments.getBaseUrl`. */
  readonly getBaseUrl: Attachments['getBaseUrl'];
  readonly thumbnails: Thumbnails;
  readonly zip: ZipJob;
  readonly runTask: RunTask;
}

/** Dependencies of `createGallerySession`. */
export interface GallerySessionOptions {
  readonly host: Pick<
    Host,
    | 'readSetting'
    | 'writeSetting'
    | 'refreshForm'
    | 'loadFormFields'
    | 'openWorkItem'
    | 'openBulkPanel'
    | 'openInNewTab'
  >;
  readonly services: BundlerOptions['services'] & Pick<FrameServices, 'connection'>;
  /** Receives the same events of the form. */
  readonly gate: SaveGate;
  readonly attachments: Attachments;
  readonly thumbnails: Thumbnails;
  readonly download: Download;
  readonly zip: ZipJob;
  readonly send: SendFile;
  readonly runTask: RunTask;
  /** See `PagePolicy`. Default: no part is hidden. */
  readonly isHidden?: PagePolicy['isHidden'];
  readonly runtime: Runtime;
}

const VIEW_SETTING = 'gallery-view';
const FAMILY_SETTING = 'gallery-family';
const TEXTS_SETTING = 'gallery-texts';

/** Creates a gallery without a work item; it follows the form. */
export function createGallerySession(options: GallerySessionOptions): GallerySession {
  const {
    host,
    gate,
    attachments,
    thumbnails,
    download,
    zip,
    runTask,
    runtime,
    isHidden = () => false,
  } = options;
  const store = createGalleryStore();
  const { change } = store;
  const bins = new Map<number, readonly RemovedFile[]>();
  const { readAgain, onRead, followReads, reset } = createGalleryReads({ store, attachments, runtime });

  /** Reads again after a change of the form, unless the form group does. */
  function follow(): void {
    if (!store.getSnapshot().isFolded) readAgain();
  }

  function show(workItemId: number, isReadOnly: boolean): void {
    const before = store.getSnapshot();
    const facts = { status: 'open', workItemId, isReadOnly } as const;
    if (before.workItemId === workItemId && before.status === 'open') change(facts);
    else {
      thumbnails.clear();
      reset();
      change({ ...freshFacts(before), ...facts, bin: bins.get(workItemId) ?? [] });
    }
    follow();
  }

  function leave(status: 'empty' | 'new'): void {
    thumbnails.clear();
    reset();
    change({ ...freshFacts(store.getSnapshot()), status });
  }

  const followEvent = followForm({ getState: store.getSnapshot, show, leave, changed: follow });
  const downloads = createDownloads(download, runtime);
  async function save(...files: readonly AttachedFile[]): Promise<void> {
    change({ errors: [] });
    for (const file of files)
      await downloads.start(file).catch((cause: unknown) => {
        const { errors, split } = store.getSnapshot();
        const error = errorOf([file], cause);
        const parts = file.volumes && split?.soundParts(file, error.problem.parts);
        change({ errors: [...errors, { ...error, parts }] });
      });
  }

  const changeOptions = { ...options, store, readAgain, bins };
  // What was replaced or removed is not kept in the memory of the page.
  store.subscribe(() => {
    const { bin, listed } = store.getSnapshot();
    for (const key of bin.map(({ file }) => keyOfFile(file)))
      if (!listed.some((each) => keyOfFile(each) === key)) thumbnails.forget(key);
  });

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start() {
      const settings = [VIEW_SETTING, FAMILY_SETTING, TEXTS_SETTING];
      const [view, family, texts] = await Promise.all(settings.map(host.readSetting));
      if (view === 'list' || view === 'grid') change({ view });
      if (family !== 'yes' && texts !== 'yes') return;
      change({ withFamily: family === 'yes', withTexts: texts === 'yes' });
      follow();
    },

    onConnected: () =>
      store.dispatch(({ status }) => (status === 'connecting' ? { status: 'empty', isLate: false } : {})),

    onLate: () => store.dispatch(({ status }) => ({ isLate: status === 'connecting' })),

    onFormEvent: followEvent,

    readAgain,

    onRead,
    followReads,

    setFolded(isFolded) {
      if (store.getSnapshot().isFolded === isFolded) return;
      // Commands for a selection that is not visible would surprise.
      store.dispatch((state) => ({ ...withNoneSelected(state), isFolded }));
      follow();
    },

    setView(view) {
      change({ view });
      host.writeSetting(VIEW_SETTING, view);
    },

    setWithFamily(withFamily) {
      change({ withFamily });
      host.writeSetting(FAMILY_SETTING, withFamily ? 'yes' : 'no');
      readAgain();
    },

    setWithTexts(withTexts) {
      change({ withTexts });
      host.writeSetting(TEXTS_SETTING, withTexts ? 'yes' : 'no');
      if (withTexts) readAgain();
    },

    onSizeInTexts: (file, size) => store.dispatch(withSizeInTexts(file, size)),

    sortBy: (key) => store.dispatch(sortedBy(key)),
    groupByFolder: (byFolder) => store.dispatch(groupedByFolder(byFolder)),
    filterBy: (filters) => store.dispatch(withFilters(filters)),
    select: (file, mode) => store.dispatch(withSelected(file, mode)),
    selectAll: () => store.dispatch(withAllSelected),
    selectNone: () => store.dispatch(withNoneSelected),
    openWorkItem: host.openWorkItem,
    attachToMore: (files) => host.openBulkPanel([], files.flatMap(partsOf).map(attachmentOf)),
    isHidden,
    preview(file) {
      if (isHidden('previews')) void save(file);
      else change({ previewed: keyOfFile(file) });
    },
    previewNext: (step, mode = 'only') => store.dispatch(withNextPreviewed(step, mode)),
    closePreview: () => change({ previewed: undefined }),
    readBytes: attachments.readBytes,

    download: save,

    downloads,
    gate,
    openInNewTab: (file) => void openInNewTab(file, host, store),
    ...createChanges(changeOptions),
    ...createLazyCommands(changeOptions),
    getBaseUrl: attachments.getBaseUrl,
    dismissCopied: () => change({ copied: undefined }),

    dismissErrors: () => change({ errors: [] }),
    thumbnails,
    zip,
    runTask,
  };
}

async function openInNewTab(
  file: AttachedFile,
  host: Pick<Host, 'openInNewTab'>,
  { change }: Pick<GalleryStore, 'change'>,
): Promise<void> {
  const url = viewUrl(file);
  if (url === undefined) return;
  change({ errors: [] });
  await host.openInNewTab(url).catch((error: unknown) => change({ errors: [errorOf([file], error)] }));
}
