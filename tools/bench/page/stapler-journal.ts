import { createBrowserJournal } from '../../../src/upload/recovery/journal/browser-journal';
import type { Journal } from '../../../src/upload/recovery/journal/journal';
import type { UploadId } from '../../../src/upload/upload';
import { NO_JOURNAL } from '../../../src/upload/upload-journal';
import type { Settings } from './contract';
import { browserRuntime } from '../../../src/base/runtime';

/** A journal for a page of the bench. */
export interface BenchJournal {
  readonly journal: Journal;
  /**
   * Resolves after it was opened and has looked for interrupted uploads, long before a user picks files.
   *
   * @throws Error without access to the browser's database, since its cost would not be measured.
   */
  readonly ready: () => Promise<void>;
}

/** The journal of the product, or one without any entries. */
export function createBenchJournal(
  { journal: kind }: Settings,
  onLost: (ids: readonly UploadId[]) => void,
): BenchJournal {
  const journal = createBrowserJournal({ runtime: browserRuntime, owner: crypto.randomUUID(), onLost });
  if (kind === 'none') {
    return {
      journal: { ...journal, ...NO_JOURNAL, open: () => Promise.resolve() },
      ready: () => Promise.resolve(),
    };
  }
  let setOpened: () => void;
  const opened = new Promise<void>((resolve) => (setOpened = resolve));
  return {
    journal: { ...journal, open: (ofWhom) => journal.open(ofWhom).then(setOpened) },
    async ready() {
      await opened;
      if (journal.state.getSnapshot().kind !== 'browser') throw new Error('The browser keeps nothing here.');
    },
  };
}
