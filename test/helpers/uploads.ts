import type {
  AttachmentReference,
  LinkableAttachment,
  LinkTarget,
  Relation,
  WorkItem,
} from '../../src/azure/work-item';
import { UNKNOWN_PERSON } from '../../src/azure/work-item';
import type { PickedFile, Upload, UploadState } from '../../src/upload/upload';

/** Work item 7, the target of most tests. */
export const ITEM_7: LinkTarget = { kind: 'work-item', id: 7 };

/** A new work item without a number. */
export const DRAFT: LinkTarget = { kind: 'draft', draftId: 'draft 1' };

/** A GUID with `number` at its end. */
export function guid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** The reference of an uploaded attachment `number`. */
export function referenceTo(number: number): AttachmentReference {
  const id = guid(number);
  return { id, url: `https://dev.azure.com/fabrikam/_apis/wit/attachments/${id}?fileName=${number}.txt` };
}

/** Attachment `number`, ready to be linked. */
export function linkable(number: number): LinkableAttachment {
  return { reference: referenceTo(number), name: `${number}.txt`, comment: '', size: 10 * number };
}

/** The relation as returned by the server: with the project's GUID and without `?fileName=`. */
export function relationTo(number: number): Relation {
  return {
    rel: 'AttachedFile',
    url: `https://dev.azure.com/fabrikam/aaaaaaaa-1111-4111-8111-bbbbbbbbbbbb/_apis/wit/attachments/${guid(number).toUpperCase()}`,
    name: `${number}.txt`,
    attributes: { name: `${number}.txt`, comment: '', resourceSize: 10 * number },
  };
}

/** A link to work item `number`. */
export function linkTo(number: number): Relation {
  return {
    rel: 'System.LinkTypes.Related',
    url: `https://dev.azure.com/fabrikam/_apis/wit/workItems/${number}`,
    name: 'Related',
    attributes: { name: 'Related', isLocked: false },
  };
}

/** Work item 7 with relations to the attachments of these numbers. */
export function workItemWith(numbers: readonly number[], facts: Partial<WorkItem> = {}): WorkItem {
  return {
    id: 7,
    revision: 1 + numbers.length,
    type: 'Bug',
    title: 'Crash',
    state: 'Active',
    project: 'Fabrikam',
    projectId: '',
    area: 'Fabrikam',
    createdAt: NaN,
    createdBy: UNKNOWN_PERSON,
    changedBy: UNKNOWN_PERSON,
    relations: numbers.map(relationTo),
    ...facts,
  };
}

/** An upload in the given state, with no bytes sent. */
export function uploadIn(state: UploadState, facts: Partial<Upload> = {}): Upload {
  return {
    id: 'a',
    batchId: 'batch',
    target: ITEM_7,
    file: { name: 'a.txt', size: 100, folder: '' },
    state,
    progress: { bytesSent: 0, bytesAccepted: 0 },
    acceptedNow: 0,
    isLinkTried: isLinkTriedIn(state),
    ...facts,
  };
}

/** A picked file of a given size. */
export function pickedFile(name: string, size = 100): PickedFile {
  return { name, size, folder: '', source: new Blob(['x'.repeat(size)]) };
}

function isLinkTriedIn(state: UploadState): boolean {
  if (state.status === 'waiting' || state.status === 'failed') return state.reference !== undefined;
  return state.status === 'linking' || state.status === 'linked';
}
