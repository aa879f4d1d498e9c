import type { Fields } from '../json-fields';
import { fieldsOf, itemsOf } from '../json-fields';
import { amountOf, textOf } from '../har/fields';
import type { NamedText } from '../har/request-details';
import { isSecretParameter } from '../../../upload/rules/secrets/secret-names';
import { mimeTypeOf } from '../har/summarize-request';
import { decodeBase64 } from '../../../base/bytes';
import type { CutText } from '../results/test-results';
import type { TraceBudget } from './trace-budget';
import type { TraceAttachment } from './trace-log';

/** Maximum length of a title, a path or a parameter, in UTF-16 units. */
const MAX_WORD_LENGTH = 500;

/** Maximum length of an error, a stack or a log, in UTF-16 units. */
const MAX_TEXT_LENGTH = 50_000;

/** Maximum number of frames of a stack, of parameters and of attachments of an action. */
const MAX_PARTS = 100;

/** Parameters that name the target of an action, the best first. */
const TARGETS = ['locator', 'selector', 'url', 'key', 'text', 'expression'] as const;

/** An action while its events are read. */
export interface ActionDraft {
  readonly id: string;
  readonly parentId: string;
  /** Connects an action of the library with the step of the test that called it. */
  readonly stepId: string;
  readonly title: string;
  readonly target: string;
  method: string;
  readonly startTime: number;
  endTime: number | undefined;
  error: CutText;
  stack: CutText;
  log: CutText;
  parameters: readonly NamedText[];
  pageId: string;
  attachments: readonly TraceAttachment[];
}

/** Creates an action from its event `before`, or `action` in old traces. */
export function draftAction(event: Fields, texts: TraceBudget): ActionDraft {
  const parameters = fieldsOf(event['params']);
  const method = [event['class'], event['method']].map((part) => texts.word(part, MAX_WORD_LENGTH));
  const target = TARGETS.map((name) => parameters[name]).find((value) => typeof value === 'string');
  const apiName = texts.word(event['apiName'], MAX_WORD_LENGTH);
  const id = textOf(event['callId'], MAX_WORD_LENGTH);
  return {
    id,
    parentId: textOf(event['parentId'], MAX_WORD_LENGTH),
    stepId:
      textOf(event['stepId'], MAX_WORD_LENGTH) ||
      // Version 6 connects by name and time.
      (amountOf(event['wallTime']) !== undefined && apiName !== ''
        ? `${apiName}@${textOf(event['wallTime'], MAX_WORD_LENGTH)}`
        : id),
    title: texts.word(event['title'], MAX_WORD_LENGTH) || apiName || method.filter(Boolean).join('.'),
    target: texts.word(event['subtitle'], MAX_WORD_LENGTH) || texts.word(target, MAX_WORD_LENGTH),
    // The category of a step says less than the title.
    method: method[0] === 'Test' ? '' : method.filter(Boolean).join('.'),
    startTime: amountOf(event['startTime']) ?? 0,
    endTime: undefined,
    error: texts.cut(undefined, 0),
    stack: stackOf(event['stack'], texts),
    log: texts.cut(undefined, 0),
    parameters: parametersOf(parameters, texts),
    pageId: textOf(event['pageId'], MAX_WORD_LENGTH),
    attachments: [],
  };
}

/** Adds the facts of an event `after`, or `action` in old traces. */
export function endAction(action: ActionDraft, event: Fields, texts: TraceBudget): void {
  action.endTime = amountOf(event['endTime']) || undefined;
  const error = errorOf(event['error'], texts);
  if (error.text !== '') action.error = error;
  action.attachments = itemsOf(event['attachments'])
    .slice(0, MAX_PARTS)
    .map((attachment) => attachmentOf(fieldsOf(attachment)));
  for (const line of itemsOf(event['log'])) addLog(action, line, texts);
}

/** Adds a line to the log of an action. */
export function addLog(action: ActionDraft, message: unknown, texts: TraceBudget): void {
  const { text, missing } = action.log;
  const line = texts.cut(message, MAX_TEXT_LENGTH - text.length);
  if (line.text === '' && line.missing === 0) return;
  action.log = {
    text: text === '' || line.text === '' ? text + line.text : `${text}\n${line.text}`,
    missing: missing + line.missing,
  };
}

/** Returns the message of an error, with the stack of the program if there is one. */
export function errorOf(error: unknown, texts: TraceBudget): CutText {
  const fields = fieldsOf(error);
  // A level more in events of pages.
  const { message, stack, value } = fields['error'] === undefined ? fields : fieldsOf(fields['error']);
  const [first, second] = [message ?? value, stack].map((text) => (typeof text === 'string' ? text : ''));
  // Most stacks begin with the message.
  const isInStack = second !== '' && first !== undefined && second?.includes(first);
  return texts.cut(isInStack ? second : [first, second].filter(Boolean).join('\n'), MAX_TEXT_LENGTH);
}

/** Returns the lines of a stack, as `file:line:column function`. */
export function stackOf(frames: unknown, texts: TraceBudget): CutText {
  const lines = itemsOf(frames)
    .slice(0, MAX_PARTS)
    .map((frame) => {
      const fields = fieldsOf(frame);
      const [file, line, column, name] = ['file', 'line', 'column', 'function'].map((key) =>
        textOf(fields[key], MAX_WORD_LENGTH),
      );
      return `${[file, line, column].filter(Boolean).join(':')} ${name}`.trim();
    });
  return texts.cut(lines.join('\n'), MAX_TEXT_LENGTH);
}

function parametersOf(parameters: Fields, texts: TraceBudget): readonly NamedText[] {
  return Object.entries(parameters)
    .slice(0, MAX_PARTS)
    .map(([name, value]) => ({
      name: texts.word(name, MAX_WORD_LENGTH),
      value: texts.cut(typeof value === 'string' ? value : JSON.stringify(value), MAX_WORD_LENGTH),
      isSecret: isSecretParameter(name),
    }));
}

function attachmentOf(attachment: Fields): TraceAttachment {
  const file = textOf(attachment['file'], MAX_WORD_LENGTH);
  const hash = textOf(attachment['sha1'], MAX_WORD_LENGTH);
  const base64 = attachment['base64'];
  const bytes = typeof base64 === 'string' ? decodeBase64(base64) : undefined;
  return {
    name: textOf(attachment['name'], MAX_WORD_LENGTH),
    type: mimeTypeOf(attachment['contentType']),
    // Traces up to version 8 name a hash.
    path: file === '' && hash !== '' ? `resources/${hash}` : file,
    content: bytes && new Blob([bytes]),
  };
}
