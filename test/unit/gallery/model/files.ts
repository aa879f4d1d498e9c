import type { AttachedFile } from '../../../../src/gallery/model/attached-file';
import { kindOf } from '../../../../src/base/file-kind';
import { referenceTo } from '../../../helpers/uploads';

/** An attachment of work item 7. */
export function attachedFile(name: string, facts: Partial<AttachedFile> = {}): AttachedFile {
  const number = Array.from(name).reduce((sum, letter) => (31 * sum + letter.charCodeAt(0)) % 1_000_000, 7);
  return {
    ...{ workItemId: 7, workItemType: 'Bug', reference: referenceTo(number), name, kind: kindOf(name) },
    ...{ size: 100, comment: '', folder: '', addedAt: NaN, addedBy: '' },
    ...facts,
  };
}
