import type { Problem, ProblemKind } from '../../../src/base/errors';
import { CancelledError, NetworkError, ServerError } from '../../../src/base/errors';
import { PROBLEM_KINDS } from '../../../src/base/problem-kinds';
import type { ProblemTrait } from '../../../src/base/problem-traits';
import {
  canRetryByHand,
  hasTrait,
  isAboutAttachment,
  isConflict,
  isOverload,
  isTransient,
  refusesSession,
} from '../../../src/base/problem-traits';

const ALL_TRAITS: readonly ProblemTrait[] = [
  'transient',
  'final',
  'ambiguous',
  'no-answer',
  'overload',
  'busy',
  'about-work-item',
  'about-attachment',
  'refuses-session',
  'not-received',
  'blocks-attach',
];

/** Kinds with each trait, as opposed to traits of each kind in the source. */
const KINDS_WITH = {
  transient: ['network', 'timeout', 'throttled', 'server-busy', 'host-silent'],
  final: [
    'split-incomplete',
    'elsewhere',
    ...(['work-item-closed', 'file-too-large', 'file-unreadable', 'file-changed'] as const),
    ...(['has-secrets', 'not-cleaned', 'breaks-policy'] as const),
    ...(['folder-unreadable', 'folder-empty', 'updated'] as const),
  ],
  ambiguous: ['network', 'timeout', 'signed-out', 'server-busy', 'unexpected-answer'],
  'no-answer': ['network', 'timeout'],
  overload: ['timeout', 'throttled'],
  busy: ['throttled', 'server-busy'],
  'about-work-item': ['no-permission', 'work-item-missing', 'revision-limit', 'rule-broken'],
  'about-attachment': ['attachment-limit', 'link-limit', 'already-linked'],
  'refuses-session': ['no-permission', 'work-item-missing', 'conflict', 'refused'],
  'not-received': ['request-too-large', 'host-silent'],
  'blocks-attach': ['no-permission', 'work-item-missing', 'version-too-new'],
} satisfies Record<ProblemTrait, ProblemKind[]>;

describe('hasTrait', () => {
  test.each(ALL_TRAITS)('is true for exactly the kinds with the trait %s', (trait) => {
    const withTrait = PROBLEM_KINDS.filter((kind) => hasTrait({ kind }, trait));
    expect(withTrait.sort()).toEqual([...KINDS_WITH[trait]].sort());
  });

  test('is true for an error of ours with the trait', () => {
    expect(hasTrait(new NetworkError('No response.'), 'transient')).toBe(true);
    expect(hasTrait(new ServerError('refused', 'No.'), 'transient')).toBe(false);
  });

  test.each([
    ['an error without a kind', new TypeError('No.')],
    ['a cancellation', new CancelledError()],
    ['an unknown kind', { kind: 'of-a-later-version' }],
    ['a kind of another type', { kind: 7 }],
    ['a text', 'network'],
    ['null', null],
    ['undefined', undefined],
  ])('is false for %s', (_, value) => {
    expect(ALL_TRAITS.filter((trait) => hasTrait(value, trait))).toEqual([]);
  });
});

describe('isTransient', () => {
  test.each<[Problem, boolean]>([
    [{ kind: 'network' }, true],
    [{ kind: 'unexpected-answer' }, true],
    [{ kind: 'unexpected-answer', status: 200 }, true],
    [{ kind: 'unexpected-answer', status: 399 }, true],
    [{ kind: 'unexpected-answer', status: 400 }, false],
    [{ kind: 'unexpected-answer', status: 499 }, false],
    [{ kind: 'unexpected-answer', status: 500 }, true],
    [{ kind: 'refused', status: 200 }, false],
  ])('tells whether %j passes by itself: %s', (problem, expected) => {
    expect(isTransient(problem)).toBe(expected);
  });
});

describe('isOverload', () => {
  test.each<[Problem, boolean]>([
    [{ kind: 'throttled' }, true],
    [{ kind: 'server-busy', status: 503 }, true],
    [{ kind: 'server-busy', status: 500 }, false],
  ])('tells whether %j is a sign of overload: %s', (problem, expected) => {
    expect(isOverload(problem)).toBe(expected);
  });
});

describe('canRetryByHand', () => {
  test('is false for final problems only', () => {
    expect(PROBLEM_KINDS.filter((kind) => !canRetryByHand({ kind })).sort()).toEqual(
      [...KINDS_WITH.final].sort(),
    );
  });
});

describe('refusesSession', () => {
  test.each([
    ['a conflict', new ServerError('conflict', 'No.'), true],
    ['a missing session', new ServerError('work-item-missing', 'No.', { status: 404 }), true],
    [
      'a page of a proxy with a client error',
      new ServerError('unexpected-answer', 'No.', { status: 404 }),
      true,
    ],
    ['a page of a proxy with a success', new ServerError('unexpected-answer', 'No.', { status: 200 }), false],
    [
      'a page of a proxy with a server error',
      new ServerError('unexpected-answer', 'No.', { status: 502 }),
      false,
    ],
    ['a lost connection', new NetworkError('No response.'), false],
    ['a problem as data', { kind: 'conflict' }, false],
  ])('tells whether the session is refused by %s', (_, error, expected) => {
    expect(refusesSession(error)).toBe(expected);
  });
});

describe('isAboutAttachment', () => {
  test.each([
    ['a full work item', new ServerError('attachment-limit', 'No.'), true],
    ['an unknown file', new ServerError('refused', 'No.', { typeKey: 'FileIdNotFoundException' }), true],
    [
      'an invalid property',
      new ServerError('refused', 'No.', { typeKey: 'VssPropertyValidationException' }),
      true,
    ],
    ['another refusal', new ServerError('refused', 'No.'), false],
    ['a problem as data', { kind: 'attachment-limit' }, false],
  ])('tells whether one attachment may be the reason of %s', (_, error, expected) => {
    expect(isAboutAttachment(error)).toBe(expected);
  });
});

describe('isConflict', () => {
  test.each([
    ['a conflict', new ServerError('conflict', 'No.'), true],
    ['another refusal', new ServerError('refused', 'No.'), false],
    ['a problem as data', { kind: 'conflict' }, false],
  ])('recognizes %s: %s', (_, error, expected) => {
    expect(isConflict(error)).toBe(expected);
  });
});
