import { t } from '../../base/i18n/translate';
import { createMutex, sleep } from '../../base/async';
import type { Runtime } from '../../base/runtime';
import type { FileEdits, FileId } from '../../bulk/plan/plan';
import { createContentKeys } from '../../bulk/run/same-content';
import type { FileChecks } from '../../upload/checks/file-checks';
import type { Intake } from '../../upload/intake/intake';
import type { PickedFile, RejectedFile } from '../../upload/upload';
import type { Picked } from '../../upload/upload-service';
import { hasTypeRule } from '../../upload/rules/policy/check-file';
import type { ContentType } from '../../upload/rules/policy/content-type';
import { readContentType } from '../../upload/rules/policy/content-type';
import type { CreatePanelChecks } from './panel-checks';
import { createPanelChecks, planLimitsOf } from './panel-checks';
import type { PanelRun } from './panel-run';
import type { PanelFile, PanelStore } from './panel-state';

/** Actions on the files of the panel. */
export interface FileActions {
  readonly attachPicked: (files: Iterable<File>) => void;
  readonly attachPasted: (files: Iterable<File>) => void;
  /** Must be called within the event: the browser empties the transfer afterwards. */
  readonly attachDropped: (transfer: DataTransfer) => void;
  /** Removes files from the plan. */
  readonly removeFiles: (ids: readonly FileId[]) => void;
  /** Clears the list of rejected files. */
  readonly dismissRejected: () => void;
  /** Clears the list of files added during the run. */
  readonly dismissLate: () => void;
  /** Edits one file; absent members stay unchanged. */
  readonly editFile: (id: FileId, edits: FileEdits) => void;
  /** Discards a manual assignment, so the mapping decides again. */
  readonly forgetAssignment: (id: FileId) => void;
}

/** Files of the panel. */
export interface PanelFiles {
  readonly actions: FileActions;
  /** Reads the types of the files, if the policy asks for types. */
  readonly readTypes: () => void;
  /** Resolves once all current files are checked and compared; `undefined` if none are being read. */
  readonly comparison: () => Promise<void> | undefined;
  /** Missing if files are not checked. */
  readonly checks: FileChecks | undefined;
  /** Keeps the files as they are from now on: they are being sent. */
  readonly freeze: () => void;
}

/** Dependencies of `createPanelFiles`. */
export interface PanelFilesOptions {
  readonly store: PanelStore;
  readonly intake: Intake;
  /** See `PanelRun`. */
  readonly supply: PanelRun['supply'];
  /** Unique prefix of file ids, since another panel may resume the run. */
  readonly idPrefix: string;
  /** Default: files are not checked. */
  readonly createChecks?: CreatePanelChecks | undefined;
  readonly runtime: Runtime;
}

/** Creates the actions on the files of the panel. */
export function createPanelFiles(options: PanelFilesOptions): PanelFiles {
  const { store, intake, supply, idPrefix, createChecks, runtime } = options;
  const { change } = store;
  const contentKeysOf = createContentKeys();
  const serialize = createMutex();
  /** Files with a type that was read, or that cannot be. */
  const typed = new Set<FileId>();
  let lastFile = 0;
  let comparison: Promise<void> | undefined;

  const { checks, check, checking, onAdded, onRemoved, dismissAll } = createPanelChecks({
    ...{ createChecks, restore },
    pass: take,
    plan: planLimitsOf(store.getSnapshot),
  });

  /** Adds checked files to the plan; during a run, supplies the files it waits for first. */
  function take({ accepted, rejected }: Picked): void {
    const supplied = supply(accepted);
    if (!supplied) {
      add(accepted, rejected);
      return;
    }
    void supplied.then((others) => {
      add(others, rejected);
      change(({ late, run }) => (run ? { late: [...late, ...others.map(({ name }) => name)] } : {}));
    });
  }

  function add(accepted: readonly PickedFile[], rejected: readonly RejectedFile[]): void {
    if (accepted.length + rejected.length === 0) return;
    const files = accepted.map((file) => ({ ...file, id: `${idPrefix}file-${++lastFile}` }));
    change((state) => ({
      files: [...state.files, ...files],
      rejected: [...state.rejected, ...rejected],
    }));
    onAdded(new Map(files.map((file) => [file.id, file])));
    readContents();
  }

  /** Plans a file as it was picked, with the same edits. A split file stays split. */
  function restore(id: FileId, original: PickedFile): void {
    typed.delete(id);
    change(({ files }) => ({
      files: files.map((file) =>
        file.id === id ? { ...original, id, volumeBytes: file.volumeBytes } : file,
      ),
    }));
    readContents();
  }

  function readContents(): void {
    queue(compare);
    queue(typeFiles);
  }

  /** Runs a task after the others on the content of files. */
  function queue(task: () => Promise<void>): void {
    const mine = serialize(task).then(() => {
      if (comparison === mine) comparison = undefined;
    });
    comparison = mine;
  }

  /** Finds files with the same content, to send each content only once. */
  async function compare(): Promise<void> {
    await sleep(runtime, 0);
    const keys = await contentKeysOf(store.getSnapshot().files.filter(hasBytes));
    const { files } = store.getSnapshot();
    const compared = files.map((file) => withContentKey(file, keys.get(file.id)));
    if (compared.some((file, index) => file !== files[index])) change({ files: compared });
  }

  /** Tells the types of new files by their first bytes. A file that cannot be read keeps an unknown type. */
  async function typeFiles(): Promise<void> {
    const { policy } = store.getSnapshot().policy ?? {};
    if (!policy || ![policy.rules, ...policy.typeRules.values()].some(hasTypeRule)) return;
    const found = new Map<FileId, ContentType>();
    for (const { id, source } of store.getSnapshot().files.filter(hasBytes)) {
      if (typed.has(id)) continue;
      typed.add(id);
      const type = await readContentType(source).catch(() => undefined);
      if (type) found.set(id, type);
    }
    if (found.size === 0) return;
    change(({ files }) => ({
      files: files.map((file) => {
        const contentType = found.get(file.id);
        return contentType ? { ...file, contentType } : file;
      }),
    }));
  }

  const actions: FileActions = {
    attachPicked(files) {
      change({ unknown: [] });
      void intake.fromInput(files).then(check);
    },
    attachPasted: (files) => check(intake.fromPaste(files, t('Work items'), new Date(runtime.now()))),
    attachDropped(transfer) {
      change({ unknown: [] });
      void intake.fromDrop(transfer).then(check);
    },

    removeFiles(ids) {
      const removed = new Set(ids);
      change(({ files, edits }) => ({
        files: files.filter(({ id }) => !removed.has(id)),
        edits: new Map([...edits].filter(([id]) => !removed.has(id))),
      }));
      onRemoved(removed);
    },

    dismissRejected: () => change({ rejected: [] }),
    dismissLate: () => change({ late: [] }),

    editFile(id, edits) {
      change((state) => {
        const all = Object.entries({ ...state.edits.get(id), ...edits });
        // An empty field is no edit.
        const filled = all.filter(([, value]) => value !== '');
        return { edits: new Map(state.edits).set(id, Object.fromEntries(filled)) };
      });
    },

    forgetAssignment(id) {
      change(({ edits }) => {
        const others = Object.entries(edits.get(id) ?? {}).filter(([name]) => name !== 'workItemIds');
        return { edits: new Map(edits).set(id, Object.fromEntries(others)) };
      });
    },
  };

  return {
    actions,
    readTypes: () => queue(typeFiles),
    comparison: () => checking()?.then(() => comparison) ?? comparison,
    checks,
    freeze: dismissAll,
  };
}

function hasBytes(file: PanelFile): file is PanelFile & Pick<PickedFile, 'source'> {
  return file.source !== undefined;
}

function withContentKey(file: PanelFile, contentKey: string | undefined): PanelFile {
  return contentKey === undefined || contentKey === file.contentKey ? file : { ...file, contentKey };
}
