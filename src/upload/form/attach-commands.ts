import type { Host } from '../../azure/host/host';
import type { AttachmentOfItem, LinkTarget } from '../../azure/work-item';
import { workItemTarget } from '../../azure/work-item';
import type { Runtime } from '../../base/runtime';
import type { Journal } from '../recovery/journal/journal';
import type { PassFiles } from '../checks/checks-state';
import type { FileChecks } from '../checks/file-checks';
import type { KnownItems } from '../recovery/known-items';
import type { ResumeInterrupted } from '../recovery/resume-interrupted';
import { matchPickedFiles } from '../recovery/match-picked-files';
import { isNamedByTime } from '../intake/intake';
import type { SameFileCandidates } from '../same-file-work';
import type { PickedFile, Upload, UploadId } from '../upload';
import type { Picked, UploadService } from '../upload-service';
import { isInEditor } from '../upload-state';
import type { FormState } from './form-state';
import { canAttach } from './form-state';
import type { PastedImages } from './pasted-images';
import type { SaveGate } from './save-gate';

/** Commands that attach files to the work item in the form. */
export interface AttachCommands {
  /** Attaches files to the current work item, even if the form shows another one before they are read. */
  readonly attachPicked: (files: Iterable<File>) => void;
  readonly attachPasted: (files: Iterable<File>) => void;
  readonly attachDropped: (transfer: DataTransfer) => void;
  /** Attaches files to the work item that was in the form when they arrived. */
  readonly attachTo: (picked: Picked, workItemId: number, isPasted?: boolean) => void;
  /** Attaches an edited image in place of its upload in the editor, after the checks of files. */
  readonly attachEdited: (id: UploadId, image: File) => void;
  /** Retries failed or waiting uploads now. */
  readonly retry: (ids: readonly UploadId[]) => void;
  /** Opens the bulk panel with the current work item. */
  readonly attachToMore: () => void;
  /** Opens the bulk panel to link attached uploads to more work items. */
  readonly alsoAttach: (uploads: readonly Upload[]) => void;
}

/** Dependencies of `createAttachCommands`. */
export interface AttachCommandsOptions {
  readonly getForm: () => FormState;
  readonly uploads: Pick<UploadService, 'intake' | 'attach' | 'retry' | 'queue' | 'duplicates' | 'sameFiles'>;
  readonly interruptedUploads: ResumeInterrupted;
  readonly journal: Pick<Journal, 'match'>;
  readonly known: Pick<KnownItems, 'countOf' | 'attachmentsOf' | 'projectOf'>;
  readonly gate: Pick<SaveGate, 'check'>;
  /** Default: files are not checked. */
  readonly checks: Pick<FileChecks, 'check' | 'holdExcess' | 'onAdded' | 'editPasted'> | undefined;
  /** Receives pasted files with new uploads. */
  readonly onPasted: PastedImages['add'];
  readonly host: Pick<Host, 'openBulkPanel'>;
  readonly runtime: Pick<Runtime, 'now'>;
}

/** Creates the commands of one form. */
export function createAttachCommands(options: AttachCommandsOptions): AttachCommands {
  const { getForm, uploads, interruptedUploads, journal, known, gate, checks, onPasted, host, runtime } =
    options;
  const { intake, queue } = uploads;
  const pasted = new Set<UploadId>();

  /** Calls `act` if files can be attached to the work item in the form. */
  function withTarget(act: (target: LinkTarget, label: string) => void): void {
    const form = getForm();
    if (form.status === 'open' && canAttach(form)) act(form.target, form.label);
  }

  function countOf(target: LinkTarget): number {
    return target.kind === 'work-item' ? known.countOf(target.id) : 0;
  }

  /** Only checked bytes are stored, compared and sent. */
  function attach(all: Picked, target: LinkTarget, onNew?: PastedImages['add']): void {
    const pass: PassFiles = (picked, now) => void attachChecked(picked, now, onNew);
    if (checks) void checks.check(all, target, pass);
    else pass(all, target);
  }

  async function attachChecked(
    all: Picked,
    target: LinkTarget,
    onNew: PastedImages['add'] | undefined,
  ): Promise<void> {
    const picked = await matchPickedFiles(all, target, { interruptedUploads, journal, queue });
    const pass: PassFiles = (held, now) => void addChecked(held, now, onNew);
    // Those that do not fit wait for a decision.
    const fitting = await checks?.holdExcess(picked, target, pass).catch(() => picked);
    await addChecked(fitting ?? picked, target, onNew);
  }

  async function addChecked(
    picked: Picked,
    target: LinkTarget,
    onNew: PastedImages['add'] | undefined,
  ): Promise<void> {
    const same = await searchSame(picked, target);
    const added = attachNew(picked, target, same);
    checks?.onAdded(added, target);
    onNew?.(added, target);
    if (target.kind !== 'work-item') return;
    const mayRepeat = new Map([...added].filter(([, file]) => !isNamedByTime(file)));
    uploads.duplicates.check(mayRepeat, known.attachmentsOf(target.id));
    uploads.sameFiles.ask(added, same);
    void gate.check(target.id);
  }

  function addPasted(added: ReadonlyMap<UploadId, PickedFile>, target: LinkTarget): void {
    for (const id of added.keys()) pasted.add(id);
    onPasted(added, target);
  }

  function addNewPasted(added: ReadonlyMap<UploadId, PickedFile>, target: LinkTarget): void {
    checks?.editPasted([...added.keys()]);
    addPasted(added, target);
  }

  async function searchSame({ accepted }: Picked, target: LinkTarget): Promise<SameFileCandidates> {
    if (target.kind !== 'work-item') return new Map();
    const { id } = target;
    return uploads.sameFiles.search(
      accepted.filter((file) => !isNamedByTime(file)),
      { id, project: known.projectOf(id), attachments: known.attachmentsOf(id) },
    );
  }

  function attachNew(
    picked: Picked,
    target: LinkTarget,
    same?: SameFileCandidates,
  ): ReadonlyMap<UploadId, PickedFile> {
    const { added, refused } = uploads.attach(
      picked,
      target,
      countOf(target),
      (file) => same?.has(file) === true,
    );
    if (target.kind === 'work-item')
      uploads.duplicates.offerToReplace(refused, known.attachmentsOf(target.id));
    return added;
  }

  return {
    attachPicked(files) {
      withTarget((target) => {
        void intake.fromInput(files).then((picked) => attach(picked, target));
      });
    },

    attachPasted(files) {
      withTarget((target, label) =>
        attach(intake.fromPaste(files, label, new Date(runtime.now())), target, addNewPasted),
      );
    },

    attachDropped(transfer) {
      withTarget((target) => {
        void intake.fromDrop(transfer).then((picked) => attach(picked, target));
      });
    },

    attachTo: (picked, workItemId, isPasted) =>
      attach(picked, workItemTarget(workItemId), isPasted ? addNewPasted : undefined),

    attachEdited(id, image) {
      const upload = queue.find(id);
      if (!upload || !isInEditor(upload)) return;
      queue.cancel([id]);
      queue.remove([id]);
      const file = { ...upload.file, name: image.name, size: image.size, source: image };
      attach({ accepted: [file], rejected: [] }, upload.target, pasted.has(id) ? addPasted : undefined);
    },

    retry: (ids) =>
      uploads.retry(ids, (accepted, target) => void attachNew({ accepted, rejected: [] }, target)),

    attachToMore() {
      withTarget((target) => {
        if (target.kind === 'work-item') host.openBulkPanel([target.id]);
      });
    },

    alsoAttach: (added) => host.openBulkPanel([], added.flatMap(attachmentsOf)),
  };
}

function attachmentsOf({ target, state }: Upload): readonly AttachmentOfItem[] {
  return target.kind === 'work-item' && state.status === 'linked'
    ? (state.reference.volumes ?? [state]).map(({ reference: { id } }) => ({
        workItemId: target.id,
        attachmentId: id,
      }))
    : [];
}
