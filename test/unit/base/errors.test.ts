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

/** An error of another frame: neither its class nor `Error` is the one of this frame. */
function fromOtherFrame(name: string, members: object): unknown {
  const error: unknown = runInNewContext('new Error("Elsewhere.")');
  return Object.assign(error as object, { name, ...members });
}

/** An error of the host page, as passed on by the SDK (host reference 6.2). */
const HOST_ERROR = {
  message: 'TF400898: An internal error occurred.',
  toString(): string {
    throw new Error('A call across frames is no text.');
  },
};

const CAUSE = new Error('cause');

describe('StaplerError', () => {
  test.each([
    [new NetworkError('m', { cause: CAUSE }), 'NetworkError', { kind: 'network', status: 0 }],
    [new TimeoutError('m', 5), 'TimeoutError', { kind: 'timeout' }],
    [new ServerError('conflict', 'm', { status: 409 }), 'ServerError', { kind: 'conflict', status: 409 }],
    [new FileUnreadableError('a', { cause: CAUSE }), 'FileUnreadableError', { kind: 'file-unreadable' }],
    [new HostError('m', { cause: CAUSE }), 'HostError', { kind: 'host-silent' }],
    [new StaplerError('signed-out', 'm'), 'StaplerError', { kind: 'signed-out' }],
  ])('has a name and is converted to data: %s', (error, name, problem) => {
    expect(error.name).toBe(name);
    expect(error).toBeInstanceOf(StaplerError);
    expect(error).toBeInstanceOf(Error);
    expect(toProblem(error)).toEqual(problem);
  });

  test('takes further facts from its catcher and stays the same error', () => {
    const error = new ServerError('server-busy', 'm', { status: 503 });
    expect(error.withFacts({ range: 'bytes 0-9/10' })).toBe(error);
    expect(toProblem(error)).toEqual({ kind: 'server-busy', status: 503, range: 'bytes 0-9/10' });
    const other = new NetworkError('m').withFacts({ range: 'bytes 0-9/10' });
    expect(toProblem(other)).toEqual({ kind: 'network', status: 0, range: 'bytes 0-9/10' });
    expect(toProblem(new NetworkError('m'))).toEqual({ kind: 'network', status: 0 });
  });

  test('keeps its cause', () => {
    expect(new NetworkError('m', { cause: CAUSE }).cause).toBe(CAUSE);
    expect(new HostError('m', { cause: CAUSE }).cause).toBe(CAUSE);
    expect(new FileUnreadableError('a', { cause: CAUSE }).cause).toBe(CAUSE);
  });

  test.each([
    ['an error of this frame', new ServerError('conflict', 'm'), true],
    ['an error of another frame', fromOtherFrame('ServerError', { kind: 'conflict', facts: {} }), true],
    ['a bug', new TypeError('m'), false],
    ['a cancellation', new CancelledError(), false],
    ['a text', 'conflict', false],
    ['undefined', undefined, false],
    ['null', null, false],
  ])('is recognized by isStaplerError: %s', (_, error, expected) => {
    expect(isStaplerError(error)).toBe(expected);
  });
});

test.each([
  ['a CancelledError', new CancelledError(), true],
  ['an AbortError of the platform', new DOMException('Aborted.', 'AbortError'), true],
  ['the reason of a signal', AbortSignal.abort().reason, true],
  ['a CancelledError of another frame', fromOtherFrame('CancelledError', {}), true],
  ['a plain object', { name: 'AbortError' }, true],
  ['a network error', new NetworkError('m'), false],
  ['a text', 'AbortError', false],
  ['nothing', undefined, false],
  ['null', null, false],
])('isCancelled recognizes a cancellation by its name: %s', (_, error, expected) => {
  expect(isCancelled(error)).toBe(expected);
});

describe('isAmbiguous', () => {
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
    'split-incomplete': false,
    'file-unreadable': false,
    'file-changed': false,
    'has-secrets': false,
    'not-cleaned': false,
    'breaks-policy': false,
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
    elsewhere: false,
    'link-lost': false,
    'host-silent': false,
    updated: false,
    internal: false,
  } satisfies Record<ProblemKind, boolean>;

  test.each(Object.entries(AMBIGUOUS))(
    'tells whether the outcome is unknown after %s: %s',
    (kind, expected) => {
      expect(isAmbiguous(new StaplerError(kind as ProblemKind, 'm'))).toBe(expected);
    },
  );

  test.each([new Error('m'), new CancelledError(), undefined])(
    'is false for any other value: %s',
    (error) => {
      expect(isAmbiguous(error)).toBe(false);
    },
  );
});

describe('toProblem', () => {
  test('keeps the facts of an error', () => {
    const facts = { status: 429, retryAfterMs: 3000, serverMessage: 'Slow down.' };
    expect(toProblem(new ServerError('throttled', 'm', facts))).toEqual({ kind: 'throttled', ...facts });
  });

  test.each([
    ['a bug', new TypeError('x is not a function'), 'x is not a function'],
    ['a text', 'broken', 'broken'],
    ['an error of the host page', HOST_ERROR, HOST_ERROR.message],
    ['nothing', undefined, 'unknown error'],
  ])('converts anything else to an internal problem: %s', (_, error, serverMessage) => {
    expect(toProblem(error)).toEqual({ kind: 'internal', serverMessage });
  });
});

test.each([
  ['an error', new Error('m'), 'm'],
  ['a text', 'm', 'm'],
  ['an empty text', '', ''],
  ['an error of the host page', HOST_ERROR, HOST_ERROR.message],
  ['an error of another frame', fromOtherFrame('Error', {}), 'Elsewhere.'],
  ['an object without a message', { status: 500 }, 'unknown error'],
  ['an object with a message of another type', { message: 7 }, 'unknown error'],
  ['a number', 7, 'unknown error'],
  ['null', null, 'unknown error'],
  ['nothing', undefined, 'unknown error'],
])('messageOf returns the message of %s', (_, error, message) => {
  expect(messageOf(error)).toBe(message);
});
