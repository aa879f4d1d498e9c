import type { ProblemFacts, ProblemKind } from '../../base/errors';
import { ServerError } from '../../base/errors';
import type { HttpResponse } from './http-stack';

/** Common members of the two error envelopes (REST reference F.1 and A.4). */
interface Envelope {
  message: string;
  typeKey: string;
  customProperties: unknown;
}

/** Matches if all of its conditions hold. The first matching rule wins. */
interface Rule {
  kind: ProblemKind;
  /** Matched against `typeKey`, a space and the message. */
  says?: RegExp;
  status?: (status: number) => boolean;
}

const oneOf =
  (...statuses: number[]) =>
  (status: number) =>
    statuses.includes(status);

/**
 * REST reference D.6 and F.2. The message takes precedence over the status: Services and Server use different
 * statuses for the same refusal, and `errorCode` is nearly always 0.
 */
const RULES: readonly Rule[] = [
  { kind: 'version-too-new', says: /VssVersionOutOfRangeException/ },
  { kind: 'file-too-large', says: /TF237082/ },
  { kind: 'attachment-limit', says: /VS403313|no more than \d+ attachments/i },
  { kind: 'link-limit', says: /exceed \d+ link limit/i },
  { kind: 'revision-limit', says: /work items with up to \d+ revisions/i },
  {
    kind: 'conflict',
    says: /VS403351|TF26071|TF237079|WorkItemRevisionMismatch|TestPatchOperationFailed/,
  },
  { kind: 'rule-broken', says: /RuleValidationException|TF401320/ },
  // A rule may ask for a title that does not exist yet.
  { kind: 'already-linked', says: /RelationAlreadyExists|(?:relation|link)s? already exist/i },
  { kind: 'no-permission', status: oneOf(403) },
  { kind: 'no-permission', says: /TF237111|permissions to save/ },
  { kind: 'work-item-missing', says: /TF401232|WorkItemUnauthorizedAccessException|WorkItemNotFound/ },
  { kind: 'throttled', says: /TF400733/ },
  { kind: 'signed-out', status: oneOf(401) },
  { kind: 'conflict', status: oneOf(409, 412) },
  { kind: 'request-too-large', status: oneOf(413) },
  { kind: 'throttled', status: oneOf(429) },
  { kind: 'timeout', status: oneOf(408) },
  { kind: 'server-busy', says: /VS402335|VS402490|VS402491/ },
  { kind: 'server-busy', status: (status) => status >= 500 },
];

/**
 * Whether a response is the sign-in page sent by Azure DevOps instead of 401 (status 203 and about 16 KB of HTML:
 * REST reference C).
 */
export function isSignInPage(response: HttpResponse): boolean {
  if (response.status === 203) return true;
  return isSuccess(response) && isHtml(response) && /sign\s?in|_signin|login/i.test(response.text);
}

/** Whether the status is a 2xx other than 203, since 203 is the sign-in page. */
export function isSuccess(response: HttpResponse): boolean {
  return response.status >= 200 && response.status < 300 && response.status !== 203;
}

/** Converts a response to a typed error. `requestName` names the request for the log: `POST _apis/wit/attachments`. */
export function errorFromResponse(response: HttpResponse, requestName: string): ServerError {
  const envelope = readEnvelope(response.text);
  const facts = readFacts(response, envelope);
  const message = `${requestName} was answered with ${response.status}${envelope.message && `: ${envelope.message}`}`;
  return new ServerError(kindOf(response, envelope), message, facts);
}

/**
 * Parses the JSON of a successful response with `read`.
 *
 * @param read Returns `undefined` for an unexpected shape.
 * @throws ServerError `unexpected-answer` for HTML, truncated JSON or another shape.
 */
export function readJson<T>(
  response: HttpResponse,
  requestName: string,
  read: (value: unknown) => T | undefined,
): T {
  const result = read(parse(response.text));
  if (result !== undefined) return result;
  throw new ServerError(
    'unexpected-answer',
    `The answer to ${requestName} is not what Azure DevOps sends.`,
    withoutUndefined({ status: response.status, activityId: response.header('ActivityId') ?? undefined }),
  );
}

function kindOf(response: HttpResponse, envelope: Envelope): ProblemKind {
  if (isSignInPage(response)) return 'signed-out';
  const text = `${envelope.typeKey} ${envelope.message}`;
  const rule = RULES.find(
    ({ says, status }) => (!says || says.test(text)) && (!status || status(response.status)),
  );
  if (rule) return rule.kind;
  if (!isHtml(response)) return 'refused';
  // IIS, in front of the service, refuses too large requests with an HTML page (REST reference F.2).
  return response.text.includes('404.13') ? 'request-too-large' : 'unexpected-answer';
}

function readFacts(response: HttpResponse, envelope: Envelope): ProblemFacts {
  const { message, typeKey } = envelope;
  const brokenRules = readBrokenRules(envelope.customProperties);
  return withoutUndefined({
    status: response.status,
    serverMessage: message || undefined,
    serverCode: /\b(?:TF|VS)\d{5,}\b/.exec(message)?.[0],
    typeKey: typeKey || undefined,
    activityId: response.header('ActivityId') ?? undefined,
    limitBytes: readLimitBytes(message),
    limitCount: readLimitCount(message),
    supportedVersion: /server supports is (\d+\.\d+)/.exec(message)?.[1],
    brokenRules: brokenRules.length > 0 ? brokenRules : undefined,
    retryAfterMs: readRetryAfter(response.header('Retry-After'), Date.now()),
  });
}

/** Longest accepted `Retry-After`: the clock of a client may be slow, and a longer pause looks like the end. */
const MAX_RETRY_AFTER_MS = 5 * 60_000;

/**
 * Parses `Retry-After`, a number of seconds or a date (RFC 9110, 10.2.3), into milliseconds, at most five minutes.
 * Returns `undefined` for zero and for anything else.
 *
 * @param now Milliseconds since the epoch.
 */
export function readRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const seconds = value.trim() === '' ? NaN : Number(value);
  const delayMs = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1000;
  return delayMs > 0 && Number.isFinite(delayMs) ? Math.min(delayMs, MAX_RETRY_AFTER_MS) : undefined;
}

/** Usually `{message, typeKey}`; `{count: 1, value: {Message}}` from the chunk `PUT` and a broken batch. */
function readEnvelope(text: string): Envelope {
  const body = parse(text);
  const inner = isRecord(body) && isRecord(body['value']) ? body['value'] : body;
  if (!isRecord(inner)) return { message: '', typeKey: '', customProperties: undefined };
  return {
    message: textOf(inner['message'] ?? inner['Message'])
      .replace(/\s+/g, ' ')
      .trim(),
    typeKey: textOf(inner['typeKey']),
    customProperties: inner['customProperties'],
  };
}

function readBrokenRules(customProperties: unknown): string[] {
  const errors = isRecord(customProperties) ? customProperties['RuleValidationErrors'] : undefined;
  if (!Array.isArray(errors)) return [];
  return errors.filter(isRecord).map((error) => {
    const field = textOf(error['fieldReferenceName']);
    const message = textOf(error['errorMessage']);
    return message.includes(field) ? message : `${field}: ${message}`;
  });
}

/** "(60.000 MB(s))". The unit is not documented; decimal megabytes are the safe choice. */
function readLimitBytes(message: string): number | undefined {
  const megabytes = /([\d.,]+)\s*MB\(s\)/i.exec(message)?.[1];
  if (megabytes === undefined) return undefined;
  // The last separator is the decimal one in any language of the server; earlier ones group thousands.
  const number = Number(megabytes.replace(/[.,](?=.*[.,])/g, '').replace(',', '.'));
  return Number.isNaN(number) ? undefined : Math.round(number * 1_000_000);
}

/** `VS403313` states the limit of attachments, a refused link the limit of links. */
function readLimitCount(message: string): number | undefined {
  const count = /(?:no more than (\d+) attachments|exceed (\d+) link limit)/i.exec(message);
  return count ? Number(count[1] ?? count[2]) : undefined;
}

/** Whether a response is an HTML page, from a proxy or a sign-in page. */
export function isHtml(response: HttpResponse): boolean {
  return /html/i.test(response.header('Content-Type') ?? '') || /^\s*</.test(response.text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a parsed value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is a string, else an empty string. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function withoutUndefined(facts: { [K in keyof ProblemFacts]: ProblemFacts[K] | undefined }): ProblemFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
