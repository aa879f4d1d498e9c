import type { Fields } from '../json-fields';
import { fieldsOf, itemsOf } from '../json-fields';
import { amountOf, textOf } from '../har/fields';
import { decodeBase64 } from '../../../base/bytes';
import { toCurrentEvent } from './old-events';
import type { TraceBudget } from './trace-budget';
import type { ActionDraft } from './trace-actions';
import { addLog, draftAction, endAction, errorOf, stackOf } from './trace-actions';
import type { MessageKind, TraceError, TraceFrame, TraceMessage } from './trace-log';

/** Maximum number of errors. */
const MAX_ERRORS = 100;

/** Maximum length of a message, in UTF-16 units. */
const MAX_MESSAGE_LENGTH = 20_000;

/** Maximum length of other texts, in UTF-16 units. */
const MAX_WORD_LENGTH = 500;

/** Kinds by the types of console messages. */
const KINDS: Readonly<Partial<Record<string, MessageKind>>> = {
  error: 'error',
  assert: 'error',
  warning: 'warning',
  warn: 'warning',
};

/**
 * Collects the events of one trace file: those of a test, or of one context of a browser. Events follow the format of
 * Playwright, versions 3 to 10. Unknown events are ignored.
 */
export class TraceCollector {
  version = 0;
  title = '';
  browser = '';
  platform = '';
  playwright = '';
  /** Whether these are the steps of a test, not the calls of the library. */
  isTest = false;
  totalActions = 0;
  totalMessages = 0;
  domSnapshots = 0;
  readonly actions = new Map<string, ActionDraft>();
  readonly messages: TraceMessage[] = [];
  readonly frames: TraceFrame[] = [];
  readonly errors: TraceError[] = [];
  /** Contents of console messages of old traces, by id. */
  readonly #objects = new Map<string, Fields>();
  #offsetMs: number | undefined;

  constructor(private readonly budget: TraceBudget) {}

  /** Whether these are no events of a trace: other programs use the same extension. */
  get isEmpty(): boolean {
    return this.version === 0 && this.actions.size === 0;
  }

  /** Milliseconds to add to a time of this file, to get the time since 1970. */
  get offsetMs(): number {
    return this.#offsetMs ?? 0;
  }

  add(raw: Fields): void {
    const event = toCurrentEvent(raw, this.#objects);
    switch (event['type']) {
      case 'context-options':
        this.#addOptions(event);
        break;
      case 'before':
        this.#begin(event);
        break;
      case 'action':
        this.#begin(event);
        this.#end(event);
        break;
      case 'after':
        this.#end(event);
        break;
      case 'log':
        this.#addLog(event);
        break;
      case 'console':
        this.#addConsole(event);
        break;
      case 'event':
        if (event['method'] === 'pageError') this.#addPageError(event);
        break;
      case 'stdout':
      case 'stderr':
        this.#addOutput(event['type'], event);
        break;
      case 'error':
        this.#addError(event);
        break;
      case 'screencast-frame':
      case 'screenshot':
        this.#addFrame(event);
        break;
      case 'frame-snapshot':
        this.domSnapshots++;
    }
  }

  /** Adds the stacks of a separate file to the actions without one. */
  addStacks(stacks: Fields): void {
    const files = itemsOf(stacks['files']);
    for (const stack of itemsOf(stacks['stacks'])) {
      const [id, frames] = itemsOf(stack);
      const action = this.actions.get(typeof id === 'number' ? `call@${id}` : textOf(id, MAX_WORD_LENGTH));
      if (!action || action.stack.text !== '') continue;
      const named = itemsOf(frames).map((frame) => {
        const [file, line, column, name] = itemsOf(frame);
        return { file: typeof file === 'number' ? files[file] : file, line, column, function: name };
      });
      action.stack = stackOf(named, this.budget);
    }
  }

  #addOptions(event: Fields): void {
    const word = (key: string): string => this.budget.word(event[key], MAX_WORD_LENGTH);
    this.version = amountOf(event['version']) ?? 0;
    this.title = word('title');
    this.browser = [word('browserName'), word('channel')].filter(Boolean).join(' · ');
    this.platform = word('platform');
    this.playwright = word('playwrightVersion');
    this.isTest = event['origin'] === 'testRunner';
    const [wall, monotonic] = [amountOf(event['wallTime']), amountOf(event['monotonicTime'])];
    if (wall && monotonic) this.#offsetMs = wall - monotonic;
  }

  #begin(event: Fields): void {
    this.totalActions++;
    if (!this.budget.takeEvent('action')) return;
    const action = draftAction(event, this.budget);
    this.actions.set(action.id, action);
    // Before version 7, only actions have both times.
    const wall = amountOf(event['wallTime']);
    if (wall && action.startTime > 0) this.#offsetMs ??= wall - action.startTime;
  }

  #end(event: Fields): void {
    const action = this.actions.get(textOf(event['callId'], MAX_WORD_LENGTH));
    if (action) endAction(action, event, this.budget);
  }

  #addLog(event: Fields): void {
    const action = this.actions.get(textOf(event['callId'], MAX_WORD_LENGTH));
    if (action) addLog(action, event['message'], this.budget);
  }

  #addPageError(event: Fields): void {
    const { error, location } = fieldsOf(event['params']);
    const { url, line } = fieldsOf(location);
    this.#addMessage('page', event['time'], errorOf(error, this.budget), placeOf(url, line));
  }

  #addError(event: Fields): void {
    if (this.errors.length >= MAX_ERRORS) return;
    const message = this.budget.cut(event['message'], MAX_MESSAGE_LENGTH);
    this.errors.push({ message, stack: stackOf(event['stack'], this.budget) });
  }

  #addConsole(event: Fields): void {
    const { url, lineNumber } = fieldsOf(event['location']);
    this.#addMessage(
      KINDS[textOf(event['messageType'], MAX_WORD_LENGTH)] ?? 'other',
      event['time'],
      this.budget.cut(event['text'], MAX_MESSAGE_LENGTH),
      placeOf(url, lineNumber),
    );
  }

  #addOutput(kind: 'stdout' | 'stderr', event: Fields): void {
    const { base64, text } = event;
    const bytes = typeof base64 === 'string' ? decodeBase64(base64) : undefined;
    const output = bytes ? new TextDecoder().decode(bytes) : text;
    this.#addMessage(kind, event['timestamp'], this.budget.cut(output, MAX_MESSAGE_LENGTH), '');
  }

  #addMessage(kind: MessageKind, time: unknown, text: TraceMessage['text'], place: string): void {
    this.totalMessages++;
    if (this.budget.takeEvent('message'))
      this.messages.push({ index: 0, kind, time: amountOf(time) ?? 0, text, place });
  }

  #addFrame(event: Fields): void {
    const file = textOf(event['file'], MAX_WORD_LENGTH);
    const hash = textOf(event['sha1'], MAX_WORD_LENGTH);
    if (file + hash === '' || !this.budget.takeEvent('frame')) return;
    this.frames.push({
      pageId: textOf(event['pageId'], MAX_WORD_LENGTH),
      time: amountOf(event['timestamp']) ?? 0,
      // Traces up to version 8 name a hash.
      path: file === '' ? `resources/${hash}` : file,
    });
  }
}

/** `https://example.com/app.js:12`. Lines count from 0 in a trace. */
function placeOf(url: unknown, line: unknown): string {
  const address = textOf(url, MAX_WORD_LENGTH);
  const number = amountOf(line);
  return address === '' || number === undefined ? address : `${address}:${number + 1}`;
}
