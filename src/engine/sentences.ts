import type { Problem } from '../base/errors';
import { formatBytes } from '../base/format';
import { describeError } from '../upload/messages/problems';
import type { NoZip } from './attach/zip-large-file';
import { describeWorkItem } from '../upload/messages/work-items';

/** Describes a problem and its remedy. Where the sentence for a page speaks of the page, it has another one. */
export function describeProblem(problem: Problem): string {
  switch (problem.kind) {
    case 'network':
      return "Can't reach Azure DevOps. Check the address, your connection and your proxy (HTTPS_PROXY), then run the command again.";
    case 'signed-out':
      return 'Azure DevOps did not accept the token. It may have expired, or it may be for another organization.';
    case 'unexpected-answer':
      return 'Unexpected response. Check the address of the organization and the token.';
    case 'file-changed':
      return 'This file changed while it was sent. Run the command again.';
    case 'has-secrets':
      return 'It has secrets. Remove them, or use another setting for secrets: mask, warn or off.';
    case 'not-cleaned':
      return "Its metadata can't be removed. To attach it as it is, use the setting keep for metadata.";
    case 'file-unreadable':
      return "Can't read this file. It was moved, deleted, or changed, or you don't have permission.";
    case 'elsewhere':
      return problem.serverMessage ?? describeError(problem);
    default:
      return describeError(problem);
  }
}

/** Explains why a file is not attached; also why it is not in a zip. */
export function describeFailure({ notZipped }: { readonly notZipped?: NoZip }, problem: Problem): string {
  const { limitBytes } = problem;
  if (problem.kind !== 'file-too-large' || notZipped?.bytes === undefined || limitBytes === undefined)
    return describeProblem(problem);
  const [limit, expected] = [limitBytes, notZipped.bytes].map((bytes) => formatBytes(bytes));
  return `This file is larger than ${limit}, the limit of Azure DevOps, and its zip would be about ${expected}.`;
}

/** `Bug 7`. */
export function labelOf(id: number, type: string): string {
  return describeWorkItem(id, type);
}

/** `1 file`, `12 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** Text from outside on one line, without control characters that a terminal would obey. */
export function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
