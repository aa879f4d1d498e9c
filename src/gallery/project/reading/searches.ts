import { CancelledError } from '../../../base/errors';
import type { ProjectData } from '../data/project-data';
import { parseSearch } from '../model/parse-search';
import type { SearchLane } from '../model/search-rows';
import type { ProjectIndex, ProjectResult, ProjectSearch } from '../project-index';
import { describeFacets } from './describe-facets';

interface Waiting {
  readonly search: ProjectSearch;
  readonly resolve: (result: ProjectResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Creates searches: one runs, and the last one of those that come meanwhile follows. Words for the person are added
 * here, because the worker knows no languages.
 *
 * @param lane Their results replace none of another lane.
 */
export function createSearches(
  host: () => Promise<ProjectData>,
  lane: SearchLane,
): Pick<
  ProjectIndex,
  'search' | 'readRows' | 'readReport' | 'readDuplicates' | 'readCopies' | 'readCandidates' | 'readAuthorless'
> {
  let running: Waiting | undefined;
  let next: Waiting | undefined;

  async function run(waiting: Waiting): Promise<void> {
    running = waiting;
    try {
      const { text, sortBy, isDescending } = waiting.search;
      const { conditions, problems } = parseSearch(text);
      const data = await host();
      const { facets, ...found } = await data.search({ conditions, sortBy, isDescending, lane });
      waiting.resolve({ ...found, facets: describeFacets(facets), problems });
    } catch (error) {
      waiting.reject(error);
    }
    const following = next;
    next = undefined;
    running = undefined;
    if (following) void run(following);
  }

  return {
    search: (search) =>
      new Promise((resolve, reject) => {
        const waiting = { search, resolve, reject };
        if (!running) {
          void run(waiting);
          return;
        }
        (next ?? running).reject(new CancelledError());
        next = waiting;
      }),
    readRows: async (resultId, start, count) => (await host()).readRows(resultId, start, count),
    readReport: async (resultId) => (await host()).readReport(resultId),
    readDuplicates: async (...range) => (await host()).readDuplicates(...range),
    readCopies: async (resultId) => (await host()).readCopies(resultId),
    readCandidates: async (...range) => (await host()).readCandidates(...range),
    readAuthorless: async (resultId) => (await host()).readAuthorless(resultId),
  };
}
