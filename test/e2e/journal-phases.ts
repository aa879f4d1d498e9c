import type { Exchange, RequestRecord, Emulator } from 'azure-devops-emulator';
import type { TestFile } from './files';
import { attachmentsOf } from './files';

/** Phase of an upload, as seen by the server. */
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

/** Whether the server and Stapler have all bytes of an upload in this phase. */
export function hasAllBytes(phase: Phase): boolean {
  return /^(uploaded|patch)/.test(phase);
}

/** Requests held by a fault. */
export function heldRequests({ requests }: Emulator): RequestRecord[] {
  return requests.records.filter(({ fault, finished }) => fault !== null && !finished);
}

/**
 * Phase of a file for Bug 7; `undefined` between two phases. Files of one story need distinct sizes unless they are
 * sent in chunks: a simple upload has no name.
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

/** Cannot tell two batches apart: no story has an uploaded file beside a stalled patch of another batch. */
function patchPhaseOf(emulator: Emulator, { name }: TestFile): Phase | undefined {
  if (attachmentsOf(emulator, 7).some((attached) => attached.name === name))
    return 'patch done without an answer';
  const isSent = heldRequests(emulator).some(
    ({ method, fault }) => method === 'PATCH' && fault === 'stalled',
  );
  return isSent ? 'patch sent' : undefined;
}

/** Start of the last sent chunk in bytes; 0 if there was none. */
export function lastChunkOf(emulator: Emulator, file: TestFile): number {
  const last = lastSendingOf(emulator, file);
  return (last && rangeOf(last)?.first) ?? 0;
}

/** Requests about a file in the order of their answers; a run of chunks is one entry. */
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

/** Number of bytes on the server; `undefined` for an unknown file. */
function receivedOf({ store }: Emulator, { name, bytes }: TestFile): number | undefined {
  const { all, chunkedUploads } = store.attachments;
  const upload = chunkedUploads.find(({ fileName }) => fileName === name);
  if (upload) return upload.received;
  return all.find((attachment) => attachment.bytes === bytes.length)?.bytes;
}
