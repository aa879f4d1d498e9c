import { createBrowserJournal } from '../../../src/journal/browser-journal';
import type { Journal } from '../../../src/journal/journal';
import type { UploadId } from '../../../src/model/upload';
import { NO_JOURNAL } from '../../../src/model/upload-journal';
import type { Settings } from './contract';
import { SURROUNDINGS } from './stapler-parts';

/** The journal that the product has, or one that hears of nothing. */
export function createBenchJournal(
  { journal: kind }: Settings,
  onLost: (ids: readonly UploadId[]) => void,
): Journal {
  const journal = createBrowserJournal({ ...SURROUNDINGS, owner: crypto.randomUUID(), onLost });
  return kind === 'none' ? { ...journal, ...NO_JOURNAL, open: () => Promise.resolve() } : journal;
}

/**
 * Resolves once the journal writes to the browser's database.
 *
 * @throws Error when it cannot: what it costs would not be measured.
 */
export function whenJournalIsOpen({ state }: Journal): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const { kind } = state.getSnapshot();
      if (kind === 'browser') resolve();
      if (kind === 'memory') reject(new Error('The browser keeps no journal here.'));
    };
    state.subscribe(look);
    look();
  });
}
