import type { ProblemFacts, ProblemKind } from '../../../../src/base/errors';
import { ServerError, toProblem } from '../../../../src/base/errors';
import {
  errorFromResponse,
  isSignInPage,
  isSuccess,
  readJson,
  readRetryAfter,
} from '../../../../src/azure/rest/server-errors';
import type { Answer } from '../../../helpers/manual-http-stack';
import { httpResponse } from '../../../helpers/manual-http-stack';

const HTML = { 'Content-Type': 'text/html; charset=utf-8' };

/** The envelope of Services and Server. */
function envelope(status: number, typeKey: string, message: string, more: object = {}): Answer {
  return {
    status,
    json: {
      $id: '1',
      innerException: null,
      message,
      typeName: `Microsoft.TeamFoundation.${typeKey}, Microsoft.TeamFoundation`,
      typeKey,
      errorCode: 0,
      eventId: 3000,
      ...more,
    },
  };
}

/** The envelope of the chunk `PUT` and of a broken batch. */
function wrapped(status: number, Message: string): Answer {
  return { status, json: { count: 1, value: { Message } } };
}

function kindOf(answer: Answer): ProblemKind {
  return errorFromResponse(httpResponse(answer), 'PATCH _apis/x').kind;
}

function factsOf(answer: Answer): ProblemFacts {
  return errorFromResponse(httpResponse(answer), 'PATCH _apis/x').facts;
}

const TOO_LARGE =
  'TF237082: The file you are trying to upload exceeds the supported file upload size (60.000 MB(s)).';
const REVISION_TEST = 'VS403351: Test Operation for path /rev failed, value 2 was not equal to test value 1.';
const VERSION =
  'The requested version "7.1" of the resource is not supported. The latest version the server supports is 6.0.';

describe('errorFromResponse for a refused link (REST reference D.6)', () => {
  test.each<[ProblemKind, string, Answer]>([
    [
      'conflict',
      'a failed test of the revision',
      envelope(412, 'TestPatchOperationFailedException', REVISION_TEST),
    ],
    ['conflict', 'a failed test that comes as 400', envelope(400, '', REVISION_TEST)],
    [
      'conflict',
      'a save race on Server',
      envelope(
        409,
        'WorkItemRevisionMismatchException',
        'TF26071: This work item has been changed by someone else.',
      ),
    ],
    [
      'conflict',
      'a save race on Services',
      envelope(412, 'WorkItemRevisionMismatchException', 'TF26071: changed by someone else'),
    ],
    ['conflict', 'TF237079', envelope(400, '', 'TF237079: Work item has been updated since.')],
    [
      'already-linked',
      'a duplicate on Services',
      envelope(400, 'VssServiceException', 'Relation already exists.'),
    ],
    [
      'already-linked',
      'a duplicate in the other words',
      envelope(400, '', 'The links already exist on the work item.'),
    ],
    [
      'already-linked',
      'a duplicate on Server, whose 409 is no conflict',
      envelope(409, 'RelationAlreadyExistsException', 'Relation exists'),
    ],
    [
      'rule-broken',
      'a rule about a title that exists',
      envelope(
        400,
        'RuleValidationException',
        'TF401320: Rule Error for field Title. The title already exists.',
      ),
    ],
    ['attachment-limit', 'the 101st attachment by code', envelope(400, '', 'VS403313: too many')],
    [
      'attachment-limit',
      'the 101st attachment by text',
      envelope(400, '', 'A work item can have no more than 100 attachments.'),
    ],
    [
      'link-limit',
      'too many links',
      envelope(400, '', 'The links you are adding will exceed 1000 link limit.'),
    ],
    [
      'revision-limit',
      'too many revisions',
      envelope(
        400,
        '',
        'Work item 7 has 11123 revisions, but only work items with up to 10000 revisions are supported.',
      ),
    ],
    ['rule-broken', 'a broken rule', envelope(400, 'RuleValidationException', 'Rule Error')],
    [
      'rule-broken',
      'TF401320',
      envelope(400, '', 'TF401320: Rule Error for field Priority. Error code: Required.'),
    ],
    [
      'refused',
      'a malformed value',
      envelope(400, 'VssPropertyValidationException', 'Value cannot be null.'),
    ],
    [
      'work-item-missing',
      'no such item',
      envelope(
        404,
        'WorkItemUnauthorizedAccessException',
        'TF401232: Work item 7 does not exist, or you do not have permissions to read it.',
        { eventId: 3200 },
      ),
    ],
    [
      'no-permission',
      'may read, may not write',
      envelope(403, 'AccessDeniedException', 'TF237111: The current user does not have permissions.'),
    ],
    ['refused', 'a wrong media type', envelope(415, '', 'The request contains an unsupported type.')],
  ])('returns %s: %s', (kind, _, answer) => {
    expect(kindOf(answer)).toBe(kind);
  });
});

describe('errorFromResponse for a status (REST reference F.2)', () => {
  test.each<[ProblemKind, string, Answer]>([
    ['signed-out', 'the sign-in page as 203', { status: 203, text: '<html>Sign in</html>', headers: HTML }],
    ['signed-out', '203 without a body', { status: 203 }],
    [
      'signed-out',
      'the sign-in page as 200',
      { status: 200, text: '<html>Sign in to your account</html>', headers: HTML },
    ],
    ['version-too-new', 'a version too new', envelope(400, 'VssVersionOutOfRangeException', VERSION)],
    ['file-too-large', 'TF237082', envelope(400, '', TOO_LARGE)],
    ['file-too-large', 'TF237082 in the other envelope', wrapped(400, TOO_LARGE)],
    ['refused', 'a plain 400', envelope(400, '', 'Bad request')],
    ['refused', '400 without a body', { status: 400 }],
    [
      'signed-out',
      '401',
      envelope(401, 'UnauthorizedRequestException', 'TF400813: The user is not authorized.'),
    ],
    ['signed-out', '401 as HTML', { status: 401, text: '<html>401</html>', headers: HTML }],
    ['no-permission', '403 without a body', { status: 403 }],
    [
      'no-permission',
      '403 for an item that can be read, whatever the type says',
      envelope(403, 'WorkItemUnauthorizedAccessException', 'TF237111: no permissions to save.'),
    ],
    [
      'no-permission',
      'a refused save with 400',
      envelope(400, '', 'TF237111: The current user does not have permissions to save work items.'),
    ],
    [
      'unexpected-answer',
      '404 as HTML, from a proxy',
      { status: 404, text: '<!DOCTYPE html><h1>Not Found</h1>' },
    ],
    [
      'refused',
      '404 of another kind',
      envelope(404, 'ProjectDoesNotExistException', 'TF200016: The project does not exist.'),
    ],
    ['refused', '405', envelope(405, '', 'The requested resource does not support http method DELETE.')],
    ['timeout', '408', { status: 408 }],
    ['conflict', '409 without words', { status: 409 }],
    ['conflict', '412 without words', { status: 412 }],
    [
      'request-too-large',
      'the page of IIS with 404.13',
      { status: 404, text: '<html>HTTP Error 404.13 - Not Found</html>', headers: HTML },
    ],
    [
      'request-too-large',
      '413',
      { status: 413, text: '<html>Request Entity Too Large</html>', headers: HTML },
    ],
    ['throttled', '429', envelope(429, '', 'TF400733: The request has been canceled: Request was blocked.')],
    ['throttled', '429 without words', { status: 429 }],
    ['throttled', 'TF400733 with another status', envelope(503, '', 'TF400733: Request was blocked.')],
    ['server-busy', '500', { status: 500 }],
    ['server-busy', '502', { status: 502, text: '<html>Bad Gateway</html>', headers: HTML }],
    ['server-busy', '503', envelope(503, '', 'Service unavailable')],
    ['server-busy', '504', { status: 504 }],
    ['server-busy', 'VS402335', envelope(400, '', 'VS402335: The timeout period elapsed.')],
    ['server-busy', 'VS402490', envelope(400, '', 'VS402490: busy')],
    ['server-busy', 'VS402491', wrapped(400, 'VS402491: busy')],
  ])('returns %s: %s', (kind, _, answer) => {
    expect(kindOf(answer)).toBe(kind);
  });
});

describe('errorFromResponse', () => {
  test('keeps the whole server message', () => {
    const error = errorFromResponse(
      httpResponse({
        ...envelope(400, 'VssServiceException', 'TF237082: Too large\r\n  (60.000 MB(s)).'),
        headers: { ActivityId: 'c0ffee', 'Retry-After': '3' },
      }),
      'POST _apis/wit/attachments',
    );
    expect(error).toBeInstanceOf(ServerError);
    expect(error.message).toBe(
      'POST _apis/wit/attachments was answered with 400: TF237082: Too large (60.000 MB(s)).',
    );
    expect(toProblem(error)).toEqual({
      kind: 'file-too-large',
      status: 400,
      serverMessage: 'TF237082: Too large (60.000 MB(s)).',
      serverCode: 'TF237082',
      typeKey: 'VssServiceException',
      activityId: 'c0ffee',
      limitBytes: 60_000_000,
      retryAfterMs: 3000,
    });
  });

  test('omits the facts of an empty response', () => {
    expect(factsOf({ status: 500 })).toEqual({ status: 500 });
  });

  test.each([
    ['(60.000 MB(s))', 60_000_000],
    ['(4.000 MB(s))', 4_000_000],
    ['(2000.000 MB(s))', 2_000_000_000],
    ['(4,000 MB(s))', 4_000_000],
    ['(0.500 MB(s))', 500_000],
    // Server may be configured for 2 GB, and .NET groups thousands by default.
    ['(2,000.000 MB(s))', 2_000_000_000],
    ['(2.000,000 MB(s))', 2_000_000_000],
  ])('reads the limit %s', (words, limitBytes) => {
    expect(factsOf(envelope(400, '', `TF237082: exceeds the supported size ${words}.`)).limitBytes).toBe(
      limitBytes,
    );
  });

  test('reads no limit without a number', () => {
    expect(factsOf(envelope(400, '', 'TF237082: exceeds the supported size.'))).not.toHaveProperty(
      'limitBytes',
    );
  });

  test('reads the supported version', () => {
    expect(factsOf(envelope(400, 'VssVersionOutOfRangeException', VERSION)).supportedVersion).toBe('6.0');
  });

  test('reads the broken rules with their fields', () => {
    const RuleValidationErrors = [
      { fieldReferenceName: 'Custom.Team', fieldStatusFlags: 'required', errorMessage: 'must not be empty.' },
      { fieldReferenceName: 'System.Title', errorMessage: 'The field System.Title is too long.' },
    ];
    const answer = envelope(400, 'RuleValidationException', 'Rule Error', {
      customProperties: { RuleValidationErrors },
    });
    expect(factsOf(answer).brokenRules).toEqual([
      'Custom.Team: must not be empty.',
      'The field System.Title is too long.',
    ]);
  });

  test.each([null, 'text', {}, { RuleValidationErrors: 'text' }, { RuleValidationErrors: [] }])(
    'reads no rules from properties %j',
    (customProperties) => {
      const answer = envelope(400, 'RuleValidationException', 'Rule Error', { customProperties });
      expect(factsOf(answer)).not.toHaveProperty('brokenRules');
    },
  );

  test('ignores an invalid Retry-After', () => {
    expect(factsOf({ status: 429, headers: { 'Retry-After': 'soon' } })).toEqual({ status: 429 });
  });

  test.each(['{"message": "TF40', '', '<html>', '[]', '"text"', 'null', '{"message": 7}'])(
    'tolerates the unreadable body %j',
    (text) => {
      expect(factsOf({ status: 500, text })).toEqual({ status: 500 });
    },
  );
});

describe('isSignInPage', () => {
  test.each<[string, boolean, Answer]>([
    ['203 with HTML', true, { status: 203, text: '<html>', headers: HTML }],
    ['203 with JSON', true, { status: 203, json: {} }],
    ['200 with a sign-in form', true, { status: 200, text: '<form action="/_signin">', headers: HTML }],
    [
      '200 with a sign-in form of no declared type',
      true,
      { status: 200, text: '\n<!DOCTYPE html><title>Sign In</title>' },
    ],
    ['200 with JSON that speaks of signing in', false, { status: 200, json: { title: 'Sign in is broken' } }],
    ['200 with another page', false, { status: 200, text: '<html>Maintenance</html>', headers: HTML }],
    [
      '404 with HTML that speaks of signing in',
      false,
      { status: 404, text: '<html>Sign in</html>', headers: HTML },
    ],
  ])('recognizes %s: %s', (_, expected, answer) => {
    expect(isSignInPage(httpResponse(answer))).toBe(expected);
  });
});

test.each([
  [199, false],
  [200, true],
  [201, true],
  [203, false],
  [204, true],
  [299, true],
  [302, false],
  [400, false],
])('isSuccess for status %d returns %s', (status, expected) => {
  expect(isSuccess(httpResponse({ status }))).toBe(expected);
});

describe('readJson', () => {
  const readNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

  test('returns the parsed value', () => {
    expect(readJson(httpResponse({ status: 200, text: '7' }), 'GET x', readNumber)).toBe(7);
  });

  test.each([
    ['HTML', '<html>Maintenance</html>'],
    ['truncated', '{"id": 7, "rel'],
    ['empty', ''],
    ['of another shape', '"seven"'],
  ])('rejects a body that is %s', (_, text) => {
    const response = httpResponse({ status: 200, text, headers: { ActivityId: 'c0ffee' } });
    expect(() => readJson(response, 'GET x', readNumber)).toThrow(
      new ServerError('unexpected-answer', 'The answer to GET x is not what Azure DevOps sends.'),
    );
    try {
      readJson(response, 'GET x', readNumber);
    } catch (error) {
      expect(toProblem(error)).toEqual({ kind: 'unexpected-answer', status: 200, activityId: 'c0ffee' });
    }
  });
});

const NOW = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');

test.each([
  ['seconds', '120', 120_000],
  ['blanks around it', ' 5 ', 5000],
  ['parts of a second', '1.5', 1500],
  ['a date to come', 'Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
  ['a day of seconds, at most five minutes', '86400', 300_000],
  ['a date far ahead of a slow clock', 'Thu, 22 Oct 2026 07:28:00 GMT', 300_000],
  ['a date in the older form', 'Wednesday, 21-Oct-26 07:28:30 GMT', 30_000],
])('readRetryAfter parses the header: %s', (_, value, delayMs) => {
  expect(readRetryAfter(value, NOW)).toBe(delayMs);
});

test.each([
  ['no header', null],
  ['no time', '0'],
  ['less than nothing', '-5'],
  ['this very moment', 'Wed, 21 Oct 2026 07:28:00 GMT'],
  ['a date that is over', 'Wed, 21 Oct 2026 07:27:00 GMT'],
  ['an empty one', ''],
  ['blanks', '  '],
  ['words', 'soon'],
  ['no number', 'NaN'],
  ['for ever', 'Infinity'],
  ['a date that is none', 'Wed, 99 Oct 2026 07:28:30 GMT'],
])('readRetryAfter returns undefined: %s', (_, value) => {
  expect(readRetryAfter(value, NOW)).toBeUndefined();
});
