import type { Exchange, RequestRecord, Emulator } from 'azure-devops-emulator';
import type { TestFile } from './files';
import { attachmentsOf } from './files';

/** What an upload is at, as the server sees it. */
export type Phase =
  | 'queued'
  | 'in flight'
  | 'arrived without an answer'
  | 'announced without an answer'
  | 'registered'
  | 'first chunk arrived without an answer'
  | 'middle chunk arrived without an answer'
  | 'last chunk arrived without an answer'
  | 'uploaded at once'
  | 'uploaded in chunks'
  | 'patch sent'
  | 'patch done without an answer';

/** Whether the server, and Stapler, have all bytes of an upload in that phase. */
export function hasAllBytes(phase: Phase): boolean {
  return /^(uploaded|patch)/.test(phase);
}

/** Requests that a fault holds. */
export function heldRequests({ requests }: Emulator): RequestRecord[] {
  return requests.records.filter(({ fault, finished }) => fault !== null && !finished);
}

/**
 * The phase of a file for Bug 7; `undefined` while it goes from one to another. Two files of one story must not be of
 * one size, unless they are sent in chunks: what is sent at once has no name.
 */
export function phaseOf(emulator: Emulator, file: TestFile): Phase | undefined {
  const last = lastSendingOf(emulator, file);
  if (!last) return 'queued';
  const range = rangeOf(last);
  if (last.finished) {
    const isWhole = range ? range.last === file.bytes.length - 1 : /uploadType=simple/.test(last.url);
    return isWhole
      ? (patchPhaseOf(emulator, file) ?? `uploaded ${range ? 'in chunks' : 'at once'}`)
      : undefined;
  }
  if (last.fault === 'stalled') return range ? 'registered' : 'in flight';
  if (last.fault !== 'unanswered') return undefined;
  const received = receivedOf(emulator, file);
  if (/uploadType=chunked/.test(last.url)) return received === 0 ? 'announced without an answer' : undefined;
  if (received !== (range?.last ?? file.bytes.length - 1) + 1) return undefined;
  if (!range) return 'arrived without an answer';
  const which = range.first === 0 ? 'first' : received === file.bytes.length ? 'last' : 'middle';
  return `${which} chunk arrived without an answer`;
}

/** Which of two batches a patch is for is not seen here: no story has one uploaded and another one's patch stalled. */
function patchPhaseOf(emulator: Emulator, { name }: TestFile): Phase | undefined {
  if (attachmentsOf(emulator, 7).some((attached) => attached.name === name))
    return 'patch done without an answer';
  const isSent = heldRequests(emulator).some(
    ({ method, fault }) => method === 'PATCH' && fault === 'stalled',
  );
  return isSent ? 'patch sent' : undefined;
}

/** Where the chunk begins that was sent last, in bytes; 0 where none was. */
export function lastChunkOf(emulator: Emulator, file: TestFile): number {
  const last = lastSendingOf(emulator, file);
  return (last && rangeOf(last)?.first) ?? 0;
}

/** What was sent of a file, and asked about it, in the order in which it was answered; each run of chunks is told once. */
export function historyOf(emulator: Emulator, exchanges: readonly Exchange[], file: TestFile): string[] {
  const attached = attachmentsOf(emulator, 7).find(({ name }) => name === file.name);
  const history: string[] = [];
  const uploads: string[] = [];
  for (const { record, requestText } of exchanges) {
    const { method, url, status, fault } = record;
    const id = /attachments\/([0-9a-f-]{36})/.exec(url)?.[1] ?? '';
    const range = rangeOf(record);
    if (isSendingOf(file, record)) {
      if (!range) history.push(/uploadType=chunked/.test(url) ? 'registered' : 'sent at once');
      else if (id !== uploads.at(-1)) history.push(`chunks from ${range.first}`);
      if (range) uploads.push(id);
    } else if (method === 'GET' && uploads.includes(id)) history.push('read back');
    else if (method === 'PATCH' && attached && requestText?.includes(attached.attachmentId)) {
      history.push(status === 200 || fault === 'unanswered' ? 'linked' : 'link refused');
    }
  }
  return history;
}

function lastSendingOf({ requests }: Emulator, file: TestFile): RequestRecord | undefined {
  return requests.records.filter((record) => isSendingOf(file, record)).at(-1);
}

function isSendingOf({ name, bytes }: TestFile, { method, url, requestHeaders }: RequestRecord): boolean {
  if (!/^(POST|PUT)$/.test(method) || !/attachments/.test(url)) return false;
  const fileName = new URL(url, 'http://localhost').searchParams.get('fileName');
  return (
    fileName === name || (fileName === null && requestHeaders['content-length'] === String(bytes.length))
  );
}

function rangeOf({ requestHeaders }: RequestRecord): { first: number; last: number } | undefined {
  const [, first, last] = /^bytes (\d+)-(\d+)\//.exec(requestHeaders['content-range'] ?? '') ?? [];
  return first === undefined ? undefined : { first: Number(first), last: Number(last) };
}

/** How many bytes the server has; `undefined` where it has heard nothing of the file. */
function receivedOf({ store }: Emulator, { name, bytes }: TestFile): number | undefined {
  const { all, chunkedUploads } = store.attachments;
  const upload = chunkedUploads.find(({ fileName }) => fileName === name);
  if (upload) return upload.received;
  return all.find((attachment) => attachment.bytes === bytes.length)?.bytes;
}
