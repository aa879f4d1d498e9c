import type { Exchange } from 'azure-devops-emulator';
import { readDescription, type Answer, type Description, type SentRequest } from './openapi';
import { envelopeProblems } from './envelope';
import { versionInAccept, virtualDirectory } from './known-quirks';

/** URL up to the organization or collection. */
const organizationIn = new RegExp(`^\\w+://[^/]+(?:${virtualDirectory})?/[^/]+`);

const descriptions = new Map<string, Description>();

/** Any host will do: no request is sent. */
const anyHost = 'http://emulator.test';

/**
 * Deviations of an exchange from the published description, one sentence each. Uses the description of the requested
 * version. For a version without a description (such as 5.0), checks refusals only.
 *
 * A request of a page must always conform. A request without an `Origin` is sent by a test and may be wrong on purpose:
 * it is not checked if refused. A response changed by a fault is not checked, but its request is.
 */
export function exchangeProblems(
  { record, requestText, contentType, answerText }: Exchange,
  checked: Checked = 'both',
): string[] {
  const { method, url, status, fault, requestHeaders } = record;
  if (isPreflight(record)) return [];
  const request: SentRequest = {
    method,
    url: anyHost + url,
    headers: withToken(requestHeaders),
    ...(requestText !== undefined && { body: requestText }),
  };
  const description = descriptionFor(request);
  const isRefused = status === null || status === 203 || status === 302 || status >= 400;
  const isAnswered = status !== null && fault === null;
  const answer: Answer = { status: status ?? 0, contentType, text: answerText ?? '' };
  const mustConform = checked === 'both' && (!isRefused || 'origin' in requestHeaders);
  const problems = [
    ...(mustConform ? (description?.requestProblems(request) ?? []) : []),
    ...(isAnswered && isRefused ? refusalProblems(answer) : []),
    ...(isAnswered && !isRefused ? successProblems(description, request, answer) : []),
  ];
  return problems.map((problem) => `${method} ${url} (${status ?? 'no answer'}): ${problem}`);
}

/** Microsoft's own clients send undescribed requests; for them, only responses are checked. */
type Checked = 'both' | 'answers';

/** Collects the problems of all exchanges with an emulator from now on. */
export function watchExchanges(
  emulator: { readonly exchanges: { subscribe(listener: (exchange: Exchange) => void): unknown } },
  checked: Checked = 'both',
): () => string[] {
  const heard: Exchange[] = [];
  emulator.exchanges.subscribe((exchange) => heard.push(exchange));
  // Checked only on request, so that a running test is not slowed down.
  return () => [...new Set(heard.splice(0).flatMap((exchange) => exchangeProblems(exchange, checked)))];
}

/** Replaces the masked token of the log, since `Headers` rejects it. */
function withToken(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('…', 'hidden')]),
  );
}

function isPreflight({ method, requestHeaders }: Exchange['record']): boolean {
  return method === 'OPTIONS' && 'access-control-request-method' in requestHeaders;
}

function descriptionFor({ url, headers }: SentRequest): Description | undefined {
  const { pathname, searchParams } = new URL(url);
  const isServer = pathname.startsWith(`${virtualDirectory}/`);
  const asked = searchParams.get('api-version') ?? versionInAccept.exec(headers['accept'] ?? '')?.[1];
  switch (asked?.replace(/-preview.*$/, '') ?? '7.1') {
    case '7.2':
      return published('7.2');
    case '7.1':
      return published(isServer ? 'server-7.1' : '7.1');
    case '6.0':
      return published('server-6.0');
    default:
      return undefined;
  }
}

function published(version: string): Description {
  const description = descriptions.get(version) ?? readDescription(version);
  descriptions.set(version, description);
  return description;
}

/** A redirect to the sign-in page, this page, or one of the envelopes of REST reference F.1. */
function refusalProblems(answer: Answer): string[] {
  if (answer.status === 302) return [];
  if (answer.status !== 203) return envelopeProblems(answer);
  return answer.contentType?.startsWith('text/html') === true ? [] : ['A sign-in page must be HTML.'];
}

function successProblems(
  description: Description | undefined,
  request: SentRequest,
  answer: Answer,
): string[] {
  const problems = description?.answerProblems(request, answer) ?? [];
  const isBatch = new URL(request.url).pathname.endsWith('/$batch');
  return isBatch && problems.length === 0 ? innerProblems(request, answer) : problems;
}

interface InnerRequest extends Omit<SentRequest, 'url' | 'body'> {
  readonly uri: string;
  readonly body: unknown;
}

interface BatchAnswer {
  readonly value: readonly { readonly code: number; readonly body: string }[];
}

/** Checks each request of a batch and its response like a single one. */
function innerProblems(request: SentRequest, answer: Answer): string[] {
  if (typeof request.body !== 'string') return [];
  const requests = JSON.parse(request.body) as readonly InnerRequest[];
  const { value } = JSON.parse(answer.text) as BatchAnswer;
  const base = organizationIn.exec(request.url)?.[0] ?? '';
  return requests.flatMap(({ method, uri, headers, body }, index) => {
    const { code = 0, body: text = '' } = value[index] ?? {};
    const single: SentRequest = {
      method,
      url: base + uri,
      headers: { ...headers, Authorization: request.headers['authorization'] ?? '' },
      body: JSON.stringify(body),
    };
    const reply: Answer = { status: code, contentType: 'application/json', text };
    if (code >= 400) return envelopeProblems(reply);
    const description = descriptionFor(single);
    return [
      ...(description?.requestProblems(single) ?? []),
      ...(description?.answerProblems(single, reply) ?? []),
    ];
  });
}
