import { readUpdates } from '../../../azure/rest/updates';
import type { FrameServices } from '../../../upload/frame-services';
import { attachersOf, fileEventsOf } from '../../../upload/history/file-history';
import { gateOf } from '../reading/read-gate';
import type { AuthorReading, AuthorReadingOptions } from './author-reading';
import { createAuthorReading } from './author-reading';

/** Requests for one history, at most: work items have 10,000 revisions at most. */
const MAX_PAGES = 60;

const readings = new WeakMap<object, AuthorReading>();

/** Returns the reading of an index: it goes on while the page shows something else. */
export function authorReadingOf(
  index: AuthorReadingOptions['index'],
  { connection, runtime }: Pick<FrameServices, 'connection' | 'runtime'>,
): AuthorReading {
  const gate = gateOf(connection, { runtime });

  async function readAuthors(workItemId: number, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const read = () => readUpdates(connection, workItemId, { maxPages: MAX_PAGES, signal });
    return attachersOf(fileEventsOf(await gate.run(read, signal)));
  }

  const reading = readings.get(index) ?? createAuthorReading({ index, readAuthors });
  readings.set(index, reading);
  return reading;
}
