import { readAnswer } from './ranges';

/** Value of the condition `duplicate:`. */
export type DuplicateAnswer =
  | 'no'
  /** Proven or probable. */
  | 'yes'
  /** Proven by equal contents. */
  | 'same'
  /** By an equal name and size. */
  | 'probable'
  /** Duplicates of the attachment whose GUID begins so. */
  | { readonly of: string };

/** Beginning of a GUID that tells attachments of a project apart. */
const ID = /^[0-9a-f]{8}[0-9a-f-]*$/;

const ID_LENGTH = 8;

/** Reads a value: `yes`, `no`, `same`, `probable`, or the beginning of a GUID. */
export function readDuplicateAnswer(text: string): DuplicateAnswer | undefined {
  const value = text.toLowerCase();
  if (value === 'same' || value === 'probable') return value;
  if (ID.test(value)) return { of: value };
  const answer = readAnswer(text);
  return answer === undefined ? undefined : answer ? 'yes' : 'no';
}

/** Returns the condition for the duplicates of an attachment, itself included. */
export function conditionForDuplicatesOf(attachmentId: string): string {
  return `duplicate:${attachmentId.slice(0, ID_LENGTH)}`;
}
