import type { AttachmentReference, LinkableAttachment, LinkTarget } from '../azure/work-item';
import { createMutex } from '../base/async';
import { findDuplicates, isToBeCompared, MAX_COMPARED_BYTES } from './intake/duplicates';
import type { UploadQueue } from './queue/upload-queue';
import type { Fingerprint } from './recovery/journal/fingerprint';
import { fingerprintOf, haveSameFingerprint } from './recovery/journal/fingerprint';
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
  /** Skipped uploads are canceled and leave the list. */
  readonly answer: (ids: readonly UploadId[], answer: DuplicateAnswer) => void;
  /** Keeps both files wherever the user does not see the question. */
  readonly keepUnseen: (isShown: (target: LinkTarget) => boolean) => void;
}

/** Dependencies of `createDuplicateQuestions`. */
export interface DuplicateQuestionsOptions {
  readonly queue: Pick<UploadQueue, 'getSnapshot' | 'find' | 'setDuplicate' | 'cancel' | 'remove'>;
  /** Reads the bytes of an attachment. @throws StaplerError */
  readonly readBytes: (reference: AttachmentReference) => Promise<Blob>;
}

/** Starts without questions. */
export function createDuplicateQuestions(options: DuplicateQuestionsOptions): DuplicateQuestions {
  const { queue, readBytes } = options;
  const serialize = createMutex();
  /** Of attachments, by id. Each is read once. */
  const fingerprints = new Map<string, Promise<Fingerprint>>();

  function fingerprintOfAttachment({ reference, size }: LinkableAttachment): Promise<Fingerprint> {
    const known = fingerprints.get(reference.id);
    if (known) return known;
    const fingerprint = readBytes(reference).then((bytes) => {
      // The page of a proxy is no attachment.
      if (bytes.size !== size) throw new TypeError('The attachment has another size.');
      return fingerprintOf(bytes, MAX_COMPARED_BYTES);
    });
    fingerprints.set(reference.id, fingerprint);
    fingerprint.catch(() => fingerprints.delete(reference.id));
    return fingerprint;
  }

  async function findSame(
    { source }: PickedFile,
    attachments: readonly LinkableAttachment[],
  ): Promise<LinkableAttachment | undefined> {
    const own = await fingerprintOf(source, MAX_COMPARED_BYTES);
    for (const each of attachments)
      if (haveSameFingerprint(own, await fingerprintOfAttachment(each))) return each;
    return undefined;
  }

  async function compare(
    id: UploadId,
    file: PickedFile,
    attachments: readonly LinkableAttachment[],
    guess: Duplicate,
  ): Promise<void> {
    queue.setDuplicate(id, { ...guess, status: 'comparing' });
    const next = await serialize(() => findSame(file, attachments)).then(
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
