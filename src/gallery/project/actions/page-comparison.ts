import { openAttachment } from '../../../azure/rest/attachment-bytes';
import type { FrameServices } from '../../../upload/frame-services';
import type { ContentComparison, ContentComparisonOptions } from '../duplicates/content-comparison';
import { createContentComparison } from '../duplicates/content-comparison';
import { contentPartitionOf } from '../duplicates/content-partition';
import { createKeptContents } from '../duplicates/kept-contents';
import { gateOf } from '../reading/read-gate';

const comparisons = new WeakMap<object, ContentComparison>();

/** Returns the comparison of an index: it goes on while the page shows something else. */
export function comparisonOf(
  index: ContentComparisonOptions['index'],
  services: FrameServices,
): ContentComparison {
  const comparison = comparisons.get(index) ?? createPageComparison(index, services);
  comparisons.set(index, comparison);
  return comparison;
}

function createPageComparison(
  index: ContentComparisonOptions['index'],
  { connection, runtime, getPerson }: FrameServices,
): ContentComparison {
  return createContentComparison({
    ...{ index, runtime },
    open: (reference, options) => openAttachment(connection, reference, options),
    limit: gateOf(connection, { runtime }).limit,
    contents: createKeptContents(async () =>
      contentPartitionOf(await connection.getBaseUrl(), getPerson().id || undefined),
    ),
  });
}
