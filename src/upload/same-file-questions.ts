import type { LinkTarget } from '../azure/work-item';
import { withTimeout } from '../base/async';
import { CancelledError } from '../base/errors';
import { loadModule } from '../base/load-module';
import { findDuplicates } from './intake/duplicates';
import type {
  SameFileCandidates,
  SameFileFinder,
  SameFileTarget,
  SameFileWork,
  SameFileWorkOptions,
} from './same-file-work';
import type { PickedFile } from './upload';

/** Asks whether to link a file of another work item instead of an upload. No byte is sent before the answer. */
export interface SameFileQuestions extends Pick<SameFileWork, 'isLinkSafe' | 'ask' | 'answer'> {
  /** Looks for files of equal size. Takes a moment at most. Never rejects. */
  readonly search: (files: readonly PickedFile[], target: SameFileTarget) => Promise<SameFileCandidates>;
  /** Uploads the files wherever the user does not see the question. */
  readonly uploadUnseen: (isShown: (target: LinkTarget) => boolean) => void;
}

/** Dependencies of `createSameFileQuestions`. */
export interface SameFileQuestionsOptions extends Omit<SameFileWorkOptions, 'isShown'> {
  /** Opens what this browser knows about the project; `undefined` if it knows nothing. */
  readonly open: (project: string) => Promise<SameFileFinder | undefined>;
}

/** Time to find files of equal size before an upload goes on, in milliseconds. */
const MAX_SEARCH_MS = 1_000;

const NOTHING: SameFileCandidates = new Map();

const loadWork = () => import(/* webpackChunkName: "same-files" */ './same-file-work');

/** Starts without questions. Their code is loaded once this browser knows something about the project. */
export function createSameFileQuestions({ open, ...options }: SameFileQuestionsOptions): SameFileQuestions {
  const { runtime } = options;
  let work: SameFileWork | undefined;
  let isShownNow: (target: LinkTarget) => boolean = () => true;

  async function findCandidates(
    files: readonly PickedFile[],
    target: SameFileTarget,
  ): Promise<SameFileCandidates> {
    const finder = await open(target.project);
    if (!finder) return NOTHING;
    const { createSameFileWork } = await loadModule(loadWork);
    work ??= createSameFileWork({ ...options, isShown: (each) => isShownNow(each) });
    work.use(finder);
    return finder.findCandidates(files, target);
  }

  return {
    isLinkSafe: () => work?.isLinkSafe() ?? false,

    async search(files, target) {
      // What may be on this work item already is asked about as a duplicate.
      const others = files.filter((file) => file.size > 0 && !findDuplicates(file, target.attachments));
      if (others.length === 0 || target.project === '') return NOTHING;
      const found = findCandidates(others, target);
      return withTimeout(found, MAX_SEARCH_MS, runtime, () => new CancelledError()).catch(() => NOTHING);
    },

    ask: (uploads, candidates) => work?.ask(uploads, candidates),
    answer: (ids, answer) => work?.answer(ids, answer),

    uploadUnseen(isShown) {
      isShownNow = isShown;
      work?.uploadUnseen();
    },
  };
}
