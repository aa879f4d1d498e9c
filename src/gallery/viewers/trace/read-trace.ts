import type { TaskContext } from '../../workers/task-context';
import { openArchive } from '../archive/open-archive';
import { parseOrSkip } from '../har/fields';
import type { HarRequest, RequestLog } from '../har/har-log';
import { inOrder, MAX_REQUESTS } from '../har/read-har';
import { summarizeRequest } from '../har/summarize-request';
import { fieldsOf } from '../json-fields';
import { joinActions } from './action-tree';
import type { TraceFiles } from './find-traces';
import { findTraces } from './find-traces';
import { readLines } from './read-lines';
import { TraceBudget } from './trace-budget';
import { TraceCollector } from './trace-collector';
import type { Trace, TraceAction, TraceError } from './trace-log';

/** Maximum number of entries. Each picture and response is one. */
const MAX_ENTRIES = 100_000;

/** Maximum size of all events, in bytes without compression. Most of it are snapshots of documents. */
const MAX_EVENT_BYTES = 512 * 1024 * 1024;

/** Maximum number of actions and messages. */
const MAX_LISTED = 10_000;

/** Beginning of an event with a snapshot of a document. The largest events, and not needed. */
const SNAPSHOT = '{"type":"frame-snapshot"';

/**
 * Reads a trace of Playwright. Nothing in it runs; snapshots of documents are not read.
 *
 * @param bytes A zip archive.
 * @returns `null` if it has no events of a trace.
 * @throws ViewerProblem If the archive is damaged.
 */
export async function readTrace(bytes: Blob, context: TaskContext): Promise<Trace | null> {
  const archive = await openArchive(bytes, context.signal, MAX_ENTRIES);
  const reader = new TraceReader(context);
  for (const files of findTraces(archive)) await reader.read(files);
  return reader.result();
}

/** Reads the files of a trace, one after the other. */
class TraceReader {
  readonly #texts = new TraceBudget();
  readonly #budget = { bytes: MAX_EVENT_BYTES };
  readonly #files: TraceCollector[] = [];
  readonly #lines: Uint8Array<ArrayBuffer>[] = [];
  readonly #requests: HarRequest[] = [];
  #networkBytes = 0;
  #totalRequests = 0;
  #damagedRequests = 0;
  #skipped = 0;
  #isCut = false;

  constructor(private readonly context: TaskContext) {}

  async read({ events, network, stacks }: TraceFiles): Promise<void> {
    const file = new TraceCollector(this.#texts);
    // Before version 7, the file name tells the steps of the test.
    file.isTest = events.path === 'test.trace';
    const lines = (line: (bytes: Uint8Array<ArrayBuffer>, isCut: boolean) => void) => ({
      line,
      budget: this.#budget,
    });
    const isWhole = await readLines(
      events,
      lines((bytes, isCut) => this.#addEvent(file, bytes, isCut)),
      this.context,
    );
    if (network)
      await readLines(
        network,
        lines((bytes, isCut) => this.#addRequest(bytes, isCut)),
        this.context,
      );
    if (stacks)
      await readLines(
        stacks,
        lines((bytes) => file.addStacks(fieldsOf(parseOrSkip(decode(bytes))))),
        this.context,
      );
    if (!isWhole) this.#isCut = true;
    this.#files.push(file);
  }

  result(): Trace | null {
    const files = this.#files;
    if (files.every(({ isEmpty }) => isEmpty)) return null;
    const actions = joinActions(files);
    const messages = files
      .flatMap(({ messages: some, offsetMs }) => some.map((one) => ({ ...one, time: one.time + offsetMs })))
      .sort((a, b) => a.time - b.time);
    const frames = files
      .flatMap(({ frames: some, offsetMs }) => some.map((one) => ({ ...one, time: one.time + offsetMs })))
      .sort((a, b) => a.time - b.time);
    const first = (key: 'title' | 'browser' | 'platform' | 'playwright'): string =>
      files.map((file) => file[key]).find((text) => text !== '') ?? '';
    const sum = (key: 'domSnapshots' | 'totalMessages'): number =>
      files.reduce((total, file) => total + file[key], 0);
    const beyond = files.reduce((total, file) => total + file.totalActions - file.actions.size, 0);
    return {
      title: first('title'),
      browser: first('browser'),
      platform: first('platform'),
      version: first('playwright'),
      ...intervalOf(actions),
      errors: errorsOf(files, actions),
      actions: actions.slice(0, MAX_LISTED),
      totalActions: actions.length + beyond,
      messages: messages.slice(0, MAX_LISTED).map((one, index) => ({ ...one, index })),
      totalMessages: sum('totalMessages'),
      frames,
      network: this.#log(),
      domSnapshots: sum('domSnapshots'),
      skipped: this.#skipped,
      isCut: this.#isCut,
    };
  }

  #addEvent(file: TraceCollector, bytes: Uint8Array<ArrayBuffer>, isCut: boolean): void {
    const isSnapshot = decode(bytes.subarray(0, SNAPSHOT.length)) === SNAPSHOT;
    const event = isSnapshot ? { type: 'frame-snapshot' } : isCut ? {} : fieldsOf(parseOrSkip(decode(bytes)));
    if (typeof event['type'] === 'string') file.add(event);
    else this.#skipped++;
  }

  #addRequest(bytes: Uint8Array<ArrayBuffer>, isCut: boolean): void {
    if (this.#totalRequests++ >= MAX_REQUESTS) return;
    const [start, end] = [this.#networkBytes, this.#networkBytes + bytes.length];
    const place = { index: this.#totalRequests - 1, start, end };
    const request = isCut ? undefined : summarizeRequest(parseOrSkip(decode(bytes)), place);
    if (!request) {
      this.#damagedRequests++;
      return;
    }
    this.#networkBytes = end;
    this.#lines.push(bytes.slice());
    this.#requests.push(request);
  }

  #log(): RequestLog {
    return {
      source: new Blob(this.#lines),
      requests: inOrder(this.#requests),
      total: this.#totalRequests,
      damaged: this.#damagedRequests,
      isCut: false,
      creator: '',
    };
  }
}

/** Errors of the test, or those of the actions in a trace without a test. */
function errorsOf(files: readonly TraceCollector[], actions: readonly TraceAction[]): readonly TraceError[] {
  const errors = files.flatMap((file) => file.errors);
  if (errors.length > 0) return errors;
  return actions
    .filter(({ error }) => error.text !== '')
    .slice(0, 100)
    .map(({ error, stack }) => ({ message: error, stack }));
}

function intervalOf(actions: readonly TraceAction[]): Pick<Trace, 'startedAt' | 'endedAt'> {
  let [startedAt, endedAt] = [Infinity, -Infinity];
  for (const action of actions) {
    startedAt = Math.min(startedAt, action.startedAt);
    endedAt = Math.max(endedAt, action.endedAt ?? action.startedAt);
  }
  return startedAt <= endedAt ? { startedAt, endedAt } : { startedAt: 0, endedAt: 0 };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
