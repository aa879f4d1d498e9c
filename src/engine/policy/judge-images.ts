import type { WorkItem } from '../../azure/work-item';
import { attachmentsOf } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import { problemByRules } from '../../bulk/plan/item-rules';
import type { PolicyRules } from '../../upload/rules/policy/policy';
import type { PlannedImage } from '../texts/upload-images';
import { readContentTypes } from './content-types';

/** An image that breaks a policy. */
export interface BrokenImage {
  /** Absolute. */
  readonly path: string;
  readonly problem: Problem;
}

/** Returns the images that break the rules of a work item. Those that are attached already break none. */
export async function problemsByPolicy(
  rules: PolicyRules,
  workItem: WorkItem,
  planned: readonly PlannedImage[],
): Promise<readonly BrokenImage[]> {
  const added = planned.filter(({ attached }) => !attached);
  const { id, type } = workItem;
  const before = attachmentsOf(workItem).length;
  const files = await readContentTypes(
    added.map(({ file }) => file),
    [{ rules }],
  );
  return added.flatMap(({ name, comment, file }, index) => {
    const { size, id: path } = file;
    const contentType = files[index]?.contentType;
    const fileCount = before + index + 1;
    const problem = problemByRules(rules, { name, size, comment, contentType }, { id, type, fileCount });
    return problem ? [{ path, problem }] : [];
  });
}
