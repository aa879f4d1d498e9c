import type { DuplicateAnswer } from '../duplicate-questions';
import type { UploadQueue } from '../queue/upload-queue';
import type { DuplicatesRule } from '../rules/policy/policy';
import type { UploadId } from '../upload';
import type { CheckedFiles } from './checks-state';
import { createUndo } from './undo-changes';

/** Dependencies of `createCheckedUploads`. */
export interface CheckedUploadsOptions {
  readonly queue: Pick<UploadQueue, 'find' | 'add' | 'cancel' | 'remove' | 'setDuplicate' | 'onChange'>;
  /** Answers questions about duplicates as the policy says. */
  readonly answerDuplicates?: ((ids: readonly UploadId[], answer: DuplicateAnswer) => void) | undefined;
}

/** Follows the uploads of checked files in a queue. */
export function createCheckedUploads({ queue, answerDuplicates }: CheckedUploadsOptions): CheckedFiles {
  /** Answers of the policy to questions about duplicates. */
  const answers = new Map<UploadId, DuplicateAnswer>();
  queue.onChange((changes) => {
    for (const { after } of changes) {
      const answer = after?.duplicate?.status === 'asking' ? answers.get(after.id) : undefined;
      if (!after || !answer) continue;
      answers.delete(after.id);
      // The other listeners first see the change that is reported here.
      void Promise.resolve().then(() => answerDuplicates?.([after.id], answer));
    }
  });

  return {
    undo: createUndo(queue),

    onGone(listener) {
      queue.onChange((changes) => {
        const gone = changes.flatMap(({ before, after }) =>
          before && (!after || after.state.status === 'cancelled') ? [before.id] : [],
        );
        if (gone.length > 0) listener(new Set(gone));
      });
    },

    setDuplicates(id: UploadId, rule: DuplicatesRule) {
      if (rule !== 'ask') answers.set(id, rule === 'keep' ? 'keep-both' : rule);
    },
  };
}
