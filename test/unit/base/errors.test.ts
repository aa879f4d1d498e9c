import { runInNewContext } from 'node:vm';
import {
  CancelledError,
  FileUnreadableError,
  HostError,
  NetworkError,
  ServerError,
  StaplerError,
  TimeoutError,
  isCancelled,
  isStaplerError,
  messageOf,
  toProblem,
  type ProblemKind,
} from '../../../src/base/errors';
import { isAmbiguous } from '../../../src/base/problem-traits';

/** As it comes from another frame: neither its class nor `Error` itself is ours. */
function fromOtherFrame(name: string, members: object): unknown {
  const error: unknown = runInNewContext('new Error("Elsewhere.")');
  return Object.assign(error as object, { name, ...members });
}

/** An error of the host page, as the SDK hands it over (host reference 6.2). */
const HOST_ERROR = {
  message: 'TF400898: An internal error occurred.',
  toString(): string {
    throw new Error('A call across frames is no text.');
  },
};

const CAUSE = new Error('cause');

describe('our errors', () => {
  test.each([
    [new NetworkError('m', { cause: CAUSE }), 'NetworkError', { kind: 'network', status: 0 }],
    [new TimeoutError('m', 5), 'TimeoutError', { kind: 'timeout' }],
    [new ServerError('conflict', 'm', { status: 409 }), 'ServerError', { kind: 'conflict', status: 409 }],
    [new FileUnreadableError('a', { cause: CAUSE }), 'FileUnreadableError', { kind: 'file-unreadable' }],
    [new HostError('m', { cause: CAUSE }), 'HostError', { kind: 'host-silent' }],
    [new StaplerError('signed-out', 'm'), 'StaplerError', { kind: 'signed-out' }],
  ])('%s is named and becomes data', (error, name, problem) => {
    expect(error.name).toBe(name);
    expect(error).toBeInstanceOf(StaplerError);
    expect(error).toBeInstanceOf(Error);
    expect(toProblem(error)).toEqual(problem);
  });

  test('are told afterwards what only their catcher knows, and stay what they are', () => {
    const error = new ServerError('server-busy', 'm', { status: 503 });
    expect(error.withFacts({ range: 'bytes 0-9/10' })).toBe(error);
    expect(toProblem(error)).toEqual({ kind: 'server-busy', status: 503, range: 'bytes 0-9/10' });
    const other = new NetworkError('m').withFacts({ range: 'bytes 0-9/10' });
    expect(toProblem(other)).toEqual({ kind: 'network', status: 0, range: 'bytes 0-9/10' });
    expect(toProblem(new NetworkError('m'))).toEqual({ kind: 'network', status: 0 });
  });

  test('keep their cause', () => {
    expect(new NetworkError('m', { cause: CAUSE }).cause).toBe(CAUSE);
    expect(new HostError('m', { cause: CAUSE }).cause).toBe(CAUSE);
    expect(new FileUnreadableError('a', { cause: CAUSE }).cause).toBe(CAUSE);
  });

  test.each([
    ['of this frame', new ServerError('conflict', 'm'), true],
    ['of another frame', fromOtherFrame('ServerError', { kind: 'conflict', facts: {} }), true],
    ['that nobody threw on purpose', new TypeError('m'), false],
    ['of a cancel', new CancelledError(), false],
    ['that is a text', 'conflict', false],
    ['that is nothing', undefined, false],
    ['that is null', null, false],
  ])('are told from others: one %s', (_, error, expected) => {
    expect(isStaplerError(error)).toBe(expected);
  });
});

test.each([
  ['our own', new CancelledError(), true],
  ["the platform's", new DOMException('Aborted.', 'AbortError'), true],
  ['the reason of a signal', AbortSignal.abort().reason, true],
  ['one of another frame', fromOtherFrame('CancelledError', {}), true],
  ['a plain object', { name: 'AbortError' }, true],
  ['a network error', new NetworkError('m'), false],
  ['a text', 'AbortError', false],
  ['nothing', undefined, false],
  ['null', null, false],
])('a cancel is told by its name: %s', (_, error, expected) => {
  expect(isCancelled(error)).toBe(expected);
});

describe('whether the server acted', () => {
  const AMBIGUOUS = {
    network: true,
    timeout: true,
    'signed-out': true,
    'server-busy': true,
    'unexpected-answer': true,
    'no-permission': false,
    'work-item-missing': false,
    'work-item-closed': false,
    'file-too-large': false,
    'request-too-large': false,
    'content-damaged': false,
    'file-unreadable': false,
    'folder-unreadable': false,
    'folder-empty': false,
    'attachment-limit': false,
    'link-limit': false,
    'revision-limit': false,
    'already-linked': false,
    'comment-too-long': false,
    'not-attached': false,
    conflict: false,
    'rule-broken': false,
    throttled: false,
    'version-too-new': false,
    refused: false,
    'link-lost': false,
    'host-silent': false,
    internal: false,
  } satisfies Record<ProblemKind, boolean>;

  test.each(Object.entries(AMBIGUOUS))('is left open by %s: %s', (kind, expected) => {
    expect(isAmbiguous(new StaplerError(kind as ProblemKind, 'm'))).toBe(expected);
  });

  test.each([new Error('m'), new CancelledError(), undefined])('is not asked of %s', (error) => {
    expect(isAmbiguous(error)).toBe(false);
  });
});

describe('what was thrown as data', () => {
  test('a time-out that knows more', () => {
    const facts = { status: 429, retryAfterMs: 3000, serverMessage: 'Slow down.' };
    expect(toProblem(new ServerError('throttled', 'm', facts))).toEqual({ kind: 'throttled', ...facts });
  });

  test.each([
    ['an error of ours that is a bug', new TypeError('x is not a function'), 'x is not a function'],
    ['a text', 'broken', 'broken'],
    ["the host's", HOST_ERROR, HOST_ERROR.message],
    ['nothing', undefined, 'unknown error'],
  ])('%s is internal', (_, error, serverMessage) => {
    expect(toProblem(error)).toEqual({ kind: 'internal', serverMessage });
  });
});

test.each([
  ['an error', new Error('m'), 'm'],
  ['a text', 'm', 'm'],
  ['an empty text', '', ''],
  ["the host's plain object", HOST_ERROR, HOST_ERROR.message],
  ['one of another frame', fromOtherFrame('Error', {}), 'Elsewhere.'],
  ['an object without a message', { status: 500 }, 'unknown error'],
  ['an object whose message is none', { message: 7 }, 'unknown error'],
  ['a number', 7, 'unknown error'],
  ['null', null, 'unknown error'],
  ['nothing', undefined, 'unknown error'],
])('the message of %s', (_, error, message) => {
  expect(messageOf(error)).toBe(message);
});
