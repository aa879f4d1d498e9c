import type { LinkableAttachment } from '../../azure/work-item';
import { MAX_COMMENT_LENGTH } from '../../azure/work-item';
import { isCancelled, toProblem } from '../../base/errors';
import type { StateStore } from '../../base/store';
import type { FrameServices } from '../../upload/frame-services';
import type { AttachmentEditorServices } from '../../upload/link/edit-attachments';
import { swapAttachments } from '../../upload/link/swap-attachments';
import { volumeBytesFor } from '../../upload/volumes/volume-plan';
import type { Attachments } from '../attachments';
import type { ChangeToolsOptions } from '../changes/change-tools';
import { createChangeTools, errorOf } from '../changes/change-tools';
import type { RemovedFile } from '../gallery-state';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import type { SendFile } from '../send-file';
import type { RunTask } from '../workers/tasks';
import { describeArchive } from './bundle-sentences';
import type { BundledArchive, Bundling, BundleStep } from './bundling';
import { checkArchive, makeArchive } from './make-archive';
import type { ArchivePlan, PlannedArchive } from './plan-archives';
import { planArchives } from './plan-archives';

/** Moves attachments of the work item in the form into zips on the same work item, to make room. */
export interface Bundler {
  /**
   * Returns the attachments that can be bundled, oldest first: those that no text uses, apart from split files.
   *
   * @throws StaplerError if the texts cannot be read.
   */
  readonly readCandidates: () => Promise<readonly AttachedFile[]>;
  readonly plan: (files: readonly AttachedFile[]) => ArchivePlan;
  /**
   * Makes each zip, attaches it and removes its files in the same patch, after all of them were read back and compared.
   * The files go to the bin. Reports failures as `errors`. Does nothing while a file is busy.
   */
  readonly start: (archives: readonly PlannedArchive[]) => Promise<void>;
  /** Ends the work before the next patch. Finished zips stay. */
  readonly cancel: () => void;
  /** Attaches the files again and removes the zips. */
  readonly undo: () => Promise<void>;
  /** Forgets the result. */
  readonly dismiss: () => void;
}

/** Dependencies of `createBundler`. */
export interface BundlerOptions extends ChangeToolsOptions {
  readonly attachments: Pick<Attachments, 'read' | 'readTextFiles' | 'readBytes'>;
  readonly services: AttachmentEditorServices & Pick<FrameServices, 'fileLimit'>;
  readonly send: SendFile;
  readonly runTask: RunTask;
}

/** Parts of the work on one zip, which take about the same time. */
const STEPS: readonly BundleStep[] = ['reading', 'sending', 'checking'];

/** Creates the command of a gallery. @param store Receives the progress and the result. */
export function createBundler(options: BundlerOptions, store: StateStore<Bundling | undefined>): Bundler {
  const { attachments, services, send, runTask, store: gallery } = options;
  const { whileBusy, isBusy, addErrors, changeBin } = createChangeTools(options);
  let controller = new AbortController();
  const limitBytes = (): number => volumeBytesFor(services.fileLimit.bytes());

  /** Makes a zip and returns it once the server has the same bytes. Nothing is removed yet. */
  async function make(
    { name, files }: PlannedArchive,
    signal: AbortSignal,
    onStep: (step: BundleStep, part: number) => void,
  ): Promise<LinkableAttachment> {
    const size = files.reduce((sum, file) => sum + (file.size ?? 0), 0);
    onStep('reading', 0);
    const { zip, digests } = await makeArchive(files, {
      ...{ readBytes: attachments.readBytes, runTask, limitBytes: limitBytes(), signal },
      onProgress: (bytes) => onStep('reading', bytes / size),
    });
    onStep('sending', 0);
    const reference = await send(
      { name, source: zip },
      { signal, onProgress: (bytes) => onStep('sending', bytes / zip.size) },
    );
    onStep('checking', 0);
    const stored = await attachments.readBytes(archiveFile(files, { reference, name }), signal, (bytes) =>
      onStep('checking', bytes / zip.size),
    );
    await checkArchive(stored, digests, { runTask, signal });
    signal.throwIfAborted();
    return { reference, name, comment: describeArchive(files).slice(0, MAX_COMMENT_LENGTH), size: zip.size };
  }

  /** Attaches a zip in the place of its files. */
  async function swap(
    workItemId: number,
    archive: LinkableAttachment,
    files: readonly AttachedFile[],
  ): Promise<BundledArchive> {
    const ids = files.map(({ reference }) => reference.id);
    const { removed: linkables } = await swapAttachments(services, workItemId, {
      remove: ids,
      add: [archive],
    });
    const removed = files.flatMap((file): RemovedFile[] => {
      const linkable = linkables.find(({ reference }) => reference.id === file.reference.id);
      return linkable ? [{ file, linkable }] : [];
    });
    const keys = new Set(removed.map(({ file }) => keyOfFile(file)));
    if (changeBin(workItemId, (bin) => [...removed, ...bin]))
      gallery.dispatch((state) => ({ files: state.files?.filter((file) => !keys.has(keyOfFile(file))) }));
    return { archive, removed };
  }

  async function runAll(workItemId: number, archives: readonly PlannedArchive[]): Promise<void> {
    const { signal } = controller;
    const bundled: BundledArchive[] = [];
    const finished = (): Bundling => ({ workItemId, bundled: [...bundled] });
    for (const [index, archive] of archives.entries()) {
      const { name, files } = archive;
      const onStep = (step: BundleStep, done: number): void => {
        const part =
          (index + (STEPS.indexOf(step) + Math.min(1, done || 0)) / STEPS.length) / archives.length;
        store.setState({ ...finished(), running: { step, name, part } });
      };
      try {
        const linkable = await make(archive, signal, onStep);
        bundled.push(await swap(workItemId, linkable, files));
      } catch (error) {
        if (!signal.aborted && !isCancelled(error)) addErrors({ ...errorOf(files, error), name });
        break;
      }
    }
    store.setState(bundled.length > 0 ? finished() : undefined);
  }

  async function undoAll({ workItemId, bundled }: Bundling): Promise<void> {
    for (const { archive, removed } of [...bundled].reverse()) {
      const add = removed.map(({ linkable }) => linkable);
      await swapAttachments(services, workItemId, { remove: [archive.reference.id], add });
      const keys = new Set(removed.map(({ file }) => keyOfFile(file)));
      changeBin(workItemId, (bin) => bin.filter(({ file }) => !keys.has(keyOfFile(file))));
      store.setState(
        (state) => state && { ...state, bundled: state.bundled.filter((each) => each.archive !== archive) },
      );
    }
    store.setState(undefined);
  }

  return {
    async readCandidates() {
      const { workItemId, files: attached = [], listed } = gallery.getSnapshot();
      const workItem = await attachments.read(workItemId);
      const known = { workItem, attached, additions: undefined };
      const texts = await attachments.readTextFiles(known, { withComments: true });
      const used = new Set(texts.files.map(({ reference }) => reference.id));
      return listed
        .filter((file) => file.workItemId === workItemId && !file.inText && !file.volumes)
        .filter(({ reference }) => !used.has(reference.id))
        .sort((a, b) => (a.addedAt || 0) - (b.addedAt || 0));
    },

    plan(files) {
      const { workItemId, files: attached = [] } = gallery.getSnapshot();
      const names = attached.filter((file) => file.workItemId === workItemId).map(({ name }) => name);
      return planArchives(files, limitBytes(), names);
    },

    async start(archives) {
      const { workItemId } = gallery.getSnapshot();
      const files = archives.flatMap((archive) => archive.files);
      if (files.length === 0 || store.getSnapshot()?.running || isBusy(files)) return;
      controller = new AbortController();
      await whileBusy(files, () => runAll(workItemId, archives), { isRemoval: true });
    },

    cancel: () => controller.abort(),

    async undo() {
      const state = store.getSnapshot();
      if (!state || state.running || state.undoing === 'pending') return;
      store.setState({ ...state, undoing: 'pending' });
      const files = state.bundled.flatMap(({ removed }) => removed.map(({ file }) => file));
      const fail = (error: unknown): void =>
        store.setState((now) => now && { ...now, undoing: toProblem(error) });
      await whileBusy(files, () => undoAll(state).catch(fail)).catch(fail);
    },

    dismiss: () => store.setState(undefined),
  };
}

/** A zip before it is attached. */
function archiveFile(
  [file]: readonly AttachedFile[],
  { reference, name }: Pick<AttachedFile, 'reference' | 'name'>,
): AttachedFile {
  return {
    workItemId: file?.workItemId ?? 0,
    workItemType: file?.workItemType ?? '',
    ...{ reference, name, kind: 'archive', size: undefined },
    ...{ comment: '', folder: '', addedAt: NaN, addedBy: '' },
  };
}
