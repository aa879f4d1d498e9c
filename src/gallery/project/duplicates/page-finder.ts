import { openAttachment } from '../../../azure/rest/attachment-bytes';
import type { FrameServices } from '../../../upload/frame-services';
import { gateOf } from '../reading/read-gate';
import { contentPartitionOf } from './content-partition';
import type { ContentReaderOptions } from './content-reader';
import { createContentReader } from './content-reader';
import type { ContentStore } from './content-store';
import type { DuplicateFinder } from './duplicate-finder';
import { createDuplicateFinder } from './duplicate-finder';
import { createKeptContents } from './kept-contents';

/** Parts of a comparison of contents in a page. They read when the requests of the index leave room. */
export function pageContents({ connection, runtime, getPerson }: FrameServices): ContentReaderOptions & {
  readonly contents: ContentStore;
} {
  return {
    open: (reference, options) => openAttachment(connection, reference, options),
    limit: gateOf(connection, { runtime }).limit,
    contents: createKeptContents(async () =>
      contentPartitionOf(await connection.getBaseUrl(), getPerson().id || undefined),
    ),
  };
}

/** Creates a finder in a page. */
export function createPageFinder(services: FrameServices): DuplicateFinder {
  const { contents, ...reading } = pageContents(services);
  return createDuplicateFinder({ reader: createContentReader(reading), contents, runtime: services.runtime });
}
