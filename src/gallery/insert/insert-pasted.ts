import type { Connection } from '../../azure/rest/connection';
import type { LinkTarget } from '../../azure/work-item';
import { sameTarget } from '../../azure/work-item';
import { toProblem } from '../../base/errors';
import type { PastedInserter, PastedResult } from '../../upload/form/pasted-images';
import { describeError } from '../../upload/messages/problems';
import type { UploadQueue } from '../../upload/queue/upload-queue';
import type { Upload, UploadId } from '../../upload/upload';
import type { UploadWith } from '../../upload/upload-state';
import { isActive, isAwaitingAnswer, isReadyToLink } from '../../upload/upload-state';
import { stemLength } from '../changes/new-name';
import type { FieldInsertions, FieldInsertionsOptions, InsertedFile } from './field-insertions';
import { fieldInsertionsOf } from './field-insertions';
import { describeFailure, describeInserted, describeMissingField, describeNewItem } from './insert-sentences';

/** Dependencies of `createPastedInserter`. */
export interface PastedInserterOptions {
  readonly queue: Pick<UploadQueue, 'find' | 'getSnapshot' | 'onChange'>;
  readonly fields: FieldInsertions;
  /** Resolves after the refresh of the form in progress, which would discard an edit. Never rejects. */
  readonly whenRefreshed: () => Promise<unknown>;
  readonly report: (result: PastedResult) => void;
}

/** Upload with stored bytes whose relation is there, or follows with the next save. */
type StoredUpload = UploadWith<'linked' | 'waiting-for-save'>;

/** Creates the inserter of a frame, with texts from the server. */
export function openPastedInserter(
  options: Omit<PastedInserterOptions, 'fields'> & {
    readonly connection: Connection;
    readonly host: FieldInsertionsOptions['host'];
  },
): PastedInserter {
  const { connection, host } = options;
  return createPastedInserter({ ...options, fields: fieldInsertionsOf(connection, host) });
}

/** Creates the inserter of a frame. */
export function createPastedInserter(options: PastedInserterOptions): PastedInserter {
  const { queue, fields, whenRefreshed, report } = options;
  let waiting: readonly UploadId[] = [];
  let inserting: Promise<void> | undefined;

  function consider(): void {
    if (inserting || waiting.length === 0) return;
    const uploads = waiting.flatMap((id) => queue.find(id) ?? []);
    const next = nextOf(uploads, queue.getSnapshot());
    // An upload that was canceled or dismissed does not come back.
    waiting = uploads.filter((upload) => upload !== next && !isGone(upload)).map(({ id }) => id);
    if (!next) return;
    inserting = insert(next).finally(() => {
      inserting = undefined;
      consider();
    });
  }

  async function insert({ target, file: { name }, state: { reference } }: StoredUpload): Promise<void> {
    await whenRefreshed();
    const result =
      target.kind === 'work-item'
        ? await intoField({ workItemId: target.id, reference, name, kind: 'image' })
        : notInserted(describeNewItem());
    report({ target, name, ...result });
  }

  async function intoField(file: InsertedFile): Promise<Outcome> {
    try {
      const { fields: targets, formProblem } = await fields.readTargets(file.workItemId);
      const chosen = fields.getChosen();
      const target = targets.find(({ field }) => field === chosen) ?? targets[0];
      if (!target) return notInserted(describeMissingField(formProblem));
      const alternativeText = file.name.slice(0, stemLength(file.name));
      const outcome = await fields.intoField(file, target.field, { alternativeText, width: 'small' });
      if (outcome === 'inserted') return { outcome, sentence: describeInserted(outcome, target.name) };
      const sentence = describeFailure(outcome, target.name);
      return outcome === 'unclear' ? { outcome, sentence } : notInserted(sentence);
    } catch (error) {
      return notInserted(describeError(toProblem(error)));
    }
  }

  queue.onChange(consider);

  return {
    add(ids) {
      waiting = [...waiting, ...ids];
      consider();
    },
    whenIdle: () => inserting ?? Promise.resolve(),
  };
}

type Outcome = Pick<PastedResult, 'outcome' | 'sentence'>;

function notInserted(sentence: string): Outcome {
  return { outcome: 'not-inserted', sentence };
}

/**
 * Returns the image to insert now. Each waits for the earlier ones of its work item, unless these wait for the person. A
 * link in progress comes first: it would make the save of an edit conflict.
 */
function nextOf(waiting: readonly Upload[], all: readonly Upload[]): StoredUpload | undefined {
  const blocked: LinkTarget[] = [];
  for (const upload of waiting) {
    const { target, state } = upload;
    if (blocked.some((other) => sameTarget(other, target))) continue;
    const isNext = isStored(upload);
    if (isNext && !all.some((other) => sameTarget(other.target, target) && isAboutToLink(other)))
      return upload;
    if (isNext || (isActive(state) && !isAwaitingAnswer(upload))) blocked.push(target);
  }
  return undefined;
}

function isStored(upload: Upload): upload is StoredUpload {
  return upload.state.status === 'linked' || upload.state.status === 'waiting-for-save';
}

function isAboutToLink(upload: Upload): boolean {
  return isReadyToLink(upload) || upload.state.status === 'linking';
}

function isGone({ state }: Upload): boolean {
  return state.status === 'cancelled';
}
