import type { AttachmentReference, LinkableAttachment, LinkTarget } from '../azure/work-item';
import { loadModule } from '../base/load-module';
import type { FindSame } from './compare-duplicates';
import { findDuplicates, isToBeCompared } from './intake/duplicates';
import type { UploadQueue } from './queue/upload-queue';
import type { Duplicate, PickedFile, UploadId } from './upload';
import { isAwaitingAnswer } from './upload-state';

/** Decision about an upload and the attachment that may be the same file. */
export type DuplicateAnswer = 'skip' | 'replace' | 'keep-both';

/** Asks about uploads that may repeat an attachment. Bytes are sent meanwhile; only the link of such an upload waits. */
export interface DuplicateQuestions {
  /** Holds the links of new uploads with a possible duplicate among the attachments of their target. */
  readonly check: (
    uploads: ReadonlyMap<UploadId, PickedFile>,
    attachments: readonly LinkableAttachment[],
  ) => void;
  /** Offers to replace the attachments with the names of files that were refused because their target is full. */
  readonly offerToReplace: (
    refused: ReadonlyMap<UploadId, PickedFile>,
    attachments: readonly LinkableAttachment[],
  ) => void;
  /** Skipped uploads are canceled and leave the list. Refused ones can only replace their attachment. */
  readonly answer: (ids: readonly UploadId[], answer: DuplicateAnswer) => void;
  /** Keeps both files wherever the user does not see the question. */
  readonly keepUnseen: (isShown: (target: LinkTarget) => boolean) => void;
}

/** Dependencies of `createDuplicateQuestions`. */
export interface DuplicateQuestionsOptions {
  readonly queue: Pick<UploadQueue, 'getSnapshot' | 'find' | 'setDuplicate' | 'cancel' | 'remove'>;
  /** Reads the bytes of an attachment. @throws StaplerError */
  readonly readBytes: (reference: AttachmentReference) => Promise<Blob>;
  /** Uploads a file that was refused, in place of its attachment. */
  readonly replaceRefused: (id: UploadId, duplicate: Duplicate) => void;
}

/** Starts without questions. */
export function createDuplicateQuestions(options: DuplicateQuestionsOptions): DuplicateQuestions {
  const { queue, readBytes, replaceRefused } = options;
  let findSame: Promise<FindSame> | undefined;

  /** Loads the comparison, again after a failure. */
  function loadFindSame(): Promise<FindSame> {
    findSame ??= loadModule(() => import(/* webpackChunkName: "duplicates" */ './compare-duplicates')).then(
      ({ createFindSame }) => createFindSame(readBytes),
    );
    findSame.catch(() => (findSame = undefined));
    return findSame;
  }

  async function compare(
    id: UploadId,
    file: PickedFile,
    attachments: readonly LinkableAttachment[],
    guess: Duplicate,
  ): Promise<void> {
    queue.setDuplicate(id, { ...guess, status: 'comparing' });
    const next = await loadFindSame()
      .then((find) => find(file.source, attachments))
      .then(
        (same) => same && asking(same, 'content'),
        () => guess,
      );
    if (queue.find(id)?.duplicate?.status === 'comparing') queue.setDuplicate(id, next);
  }

  function answerOne(id: UploadId, answer: DuplicateAnswer): void {
    const duplicate = queue.find(id)?.duplicate;
    if (!duplicate || duplicate.status === 'replacing') return;
    if (answer === 'skip') {
      queue.cancel([id]);
      queue.remove([id]);
    } else if (duplicate.mustReplace) {
      if (answer === 'replace') replaceRefused(id, { ...duplicate, status: 'replacing' });
    } else queue.setDuplicate(id, answer === 'replace' ? { ...duplicate, status: 'replacing' } : undefined);
  }

  return {
    check(uploads, attachments) {
      for (const [id, file] of uploads) {
        const candidates = findDuplicates(file, attachments);
        const last = candidates?.attachments.at(-1);
        if (!candidates || !last) continue;
        const question = asking(last, candidates.likeness);
        if (isToBeCompared(candidates)) void compare(id, file, candidates.attachments, question);
        else queue.setDuplicate(id, question);
      }
    },

    offerToReplace(refused, attachments) {
      for (const [id, file] of refused) {
        const last = attachments.filter(({ name }) => name === file.name).at(-1);
        if (last) queue.setDuplicate(id, { ...asking(last, 'name'), mustReplace: true });
      }
    },

    answer(ids, answer) {
      for (const id of ids) answerOne(id, answer);
    },

    keepUnseen(isShown) {
      for (const upload of queue.getSnapshot())
        if (isAwaitingAnswer(upload) && !isShown(upload.target)) queue.setDuplicate(upload.id, undefined);
    },
  };
}

function asking({ reference, name }: LinkableAttachment, likeness: Duplicate['likeness']): Duplicate {
  return { status: 'asking', likeness, attachmentId: reference.id, name };
}
