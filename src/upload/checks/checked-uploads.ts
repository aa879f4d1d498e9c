import { isEditable } from '../../base/file-kind';
import type { StateStore } from '../../base/store';
import type { DuplicateAnswer } from '../duplicate-questions';
import { followFileLimit } from '../queue/follow-file-limit';
import type { UploadQueue } from '../queue/upload-queue';
import type { DuplicatesRule } from '../rules/policy/policy';
import type { UploadId } from '../upload';
import { createAuthorNotes } from './author-notes';
import type { CheckSettings } from './check-choice';
import { checkChoiceIn } from './check-choice';
import type { CheckedFiles, ChecksState } from './checks-state';
import type { LimitItems } from './large-files';
import { createUndo } from './undo-changes';

/** Dependencies of `createCheckedUploads`. */
export interface CheckedUploadsOptions {
  readonly queue: Pick<
    UploadQueue,
    'find' | 'add' | 'cancel' | 'remove' | 'setDuplicate' | 'holdForEdit' | 'onChange' | 'sourceOf'
  >;
  /** Default: no limit is learned. */
  readonly limits?: Pick<LimitItems, 'fileLimit'> | undefined;
  /** Answers questions about duplicates as the policy says. */
  readonly answerDuplicates?: ((ids: readonly UploadId[], answer: DuplicateAnswer) => void) | undefined;
}

/** State and settings of the checks. */
interface ChecksParts {
  readonly store: StateStore<ChecksState>;
  readonly settings: CheckSettings;
}

/** Follows the uploads of checked files in a queue. */
export function createCheckedUploads({
  store,
  settings,
  queue,
  limits,
  answerDuplicates,
}: CheckedUploadsOptions & ChecksParts): CheckedFiles {
  const undo = createUndo(queue);
  const choice = checkChoiceIn(settings);
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

  /** Files that the server has refused for their size. */
  const refused = new WeakSet<Blob>();

  if (limits) followFileLimit(queue, limits.fileLimit);

  return {
    undo,
    noteAuthors: createAuthorNotes({ store, queue, replace: undo, choice }),

    onRefused(listener) {
      queue.onChange((changes) => {
        for (const { after } of changes) {
          if (!after) continue;
          const { id, file, state, target } = after;
          const source = queue.sourceOf(id);
          const limitBytes =
            state.status === 'failed' && state.problem.kind === 'file-too-large' && state.problem.limitBytes;
          if (!limitBytes || !source || refused.has(source)) continue;
          refused.add(source);
          // The other listeners first see the change that is reported here.
          void Promise.resolve().then(() => {
            queue.remove([id]);
            listener({ ...file, source }, target);
          });
        }
      });
    },

    editPasted(ids) {
      if (!choice.getSnapshot().editsPasted) return;
      for (const id of ids) if (isEditable(queue.find(id)?.file.name ?? '')) queue.holdForEdit(id);
    },

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
