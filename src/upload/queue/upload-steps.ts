import { recordStep } from '../../base/diagnostics';
import type { UploadAction } from './upload-reducer';
import type { ChangeListener } from './upload-store';

/** Actions too frequent for diagnostics. */
const FREQUENT: readonly UploadAction['type'][] = ['progressed', 'stepped', 'preparing'];

/** Records the changes of uploads, for diagnostics. A file is named by its number in this frame. */
export const recordUploadSteps: ChangeListener = (changes, action) => {
  if (FREQUENT.includes(action.type)) return;
  const [first] = changes;
  const id = first?.after?.id ?? first?.before?.id ?? '';
  const what = changes.length === 1 ? `upload ${/\d+$/.exec(id)?.[0] ?? '?'}` : `${changes.length} uploads`;
  const cause = 'problem' in action ? ` (${action.phase}, ${action.problem.kind})` : '';
  recordStep(`${what}: ${action.type}${cause}`);
};
