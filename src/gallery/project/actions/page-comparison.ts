import type { FrameServices } from '../../../upload/frame-services';
import type { ContentComparison, ContentComparisonOptions } from '../duplicates/content-comparison';
import { createContentComparison } from '../duplicates/content-comparison';
import { pageContents } from '../duplicates/page-finder';

const comparisons = new WeakMap<object, ContentComparison>();

/** Returns the comparison of an index: it goes on while the page shows something else. */
export function comparisonOf(
  index: ContentComparisonOptions['index'],
  services: FrameServices,
): ContentComparison {
  const { runtime } = services;
  const comparison =
    comparisons.get(index) ?? createContentComparison({ ...pageContents(services), index, runtime });
  comparisons.set(index, comparison);
  return comparison;
}
