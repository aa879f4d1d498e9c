import { parseTime } from '../results/result-values';
import type { Fields } from '../json-fields';
import { fieldsOf, itemsOf } from '../json-fields';
import { amountOf, textOf } from './fields';
import type { HarRequest, RequestGroup } from './har-log';
import { PHASES } from './har-log';
import { isSecretHeader, isSecretParameter } from '../../../upload/rules/secrets/secret-names';

/** Maximum length of an address in a list, in UTF-16 units. */
const MAX_URL_LENGTH = 1_000;

/** Maximum length of other texts in a list, in UTF-16 units. */
const MAX_WORD_LENGTH = 100;

/** Maximum duration, in milliseconds: a year. */
const MAX_MS = 365 * 24 * 60 * 60 * 1000;

/** Maximum number of headers that are searched. */
const MAX_HEADERS = 1_000;

/** Groups by the resource types of Chromium and Playwright, and by the values of the header `Sec-Fetch-Dest`. */
const GROUPS = new Map<string, RequestGroup>([
  ...['xhr', 'fetch', 'eventsource', 'empty'].map((type) => [type, 'fetch'] as const),
  ...['document', 'iframe', 'frame'].map((type) => [type, 'document'] as const),
  ['script', 'script'],
  ...['stylesheet', 'style', 'xslt'].map((type) => [type, 'style'] as const),
  ...['image', 'imageset'].map((type) => [type, 'image'] as const),
]);

/**
 * Summarizes an entry of a HAR file, or a `resource-snapshot` of a Playwright trace. Every value is valid: unknown facts
 * stay empty.
 *
 * @returns `undefined` if it is no object with a request.
 */
export function summarizeRequest(
  entry: unknown,
  place: Pick<HarRequest, 'index' | 'start' | 'end'>,
): HarRequest | undefined {
  const fields = entryFieldsOf(entry);
  const request = fieldsOf(fields['request']);
  const response = fieldsOf(fields['response']);
  const url = textOf(request['url'], MAX_URL_LENGTH);
  if (url === '' && request['method'] === undefined) return undefined;
  const content = fieldsOf(response['content']);
  const type = mimeTypeOf(content['mimeType']);
  const phasesMs = phasesOf(fieldsOf(fields['timings']));
  // Chromium writes 0 for a request without a response, Playwright -1.
  const status = amountOf(response['status']) || undefined;
  const error = errorOf(fields, response);
  return {
    ...place,
    method: textOf(request['method'], MAX_WORD_LENGTH),
    url,
    status,
    statusText: textOf(response['statusText'], MAX_WORD_LENGTH),
    type,
    group: groupOf(fields, request, type),
    bytes: bytesOf(response, content),
    isFromCache: textOf(fields['_fromCache'], MAX_WORD_LENGTH) !== '',
    startedAt: timeOf(fields['startedDateTime']),
    durationMs: durationOf(fields, phasesMs),
    phasesMs,
    error,
    isFailed: status === undefined ? error !== '' || !/^(?:data|blob):/i.test(url) : status >= 400,
    hasSecrets: hasSecrets(request) || hasSecrets(response),
  };
}

/** Returns the members of an entry, also of one inside an event of a Playwright trace. */
export function entryFieldsOf(entry: unknown): Fields {
  const fields = fieldsOf(entry);
  return fields['snapshot'] === undefined ? fields : fieldsOf(fields['snapshot']);
}

/** Returns a MIME type in lower case, without its parameters. */
export function mimeTypeOf(value: unknown): string {
  const type = textOf(value, MAX_WORD_LENGTH).split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type === 'x-unknown' ? '' : type;
}

/** Parses a date and time. Fiddler writes more digits than browsers accept. */
function timeOf(value: unknown): number | undefined {
  return parseTime(textOf(value, MAX_WORD_LENGTH).replace(/(\.\d{3})\d+/, '$1'));
}

/** Returns the durations by `PHASES`. -1 or a missing phase counts as 0. */
function phasesOf(timings: Fields): readonly number[] {
  const known = PHASES.map((phase) => Math.min(MAX_MS, amountOf(timings[phase]) ?? 0));
  const [blocked = 0, dns = 0, connect = 0, ssl = 0, ...rest] = known;
  return known.every((ms) => ms === 0) ? [] : [blocked, dns, Math.max(0, connect - ssl), ssl, ...rest];
}

function durationOf(entry: Fields, phasesMs: readonly number[]): number | undefined {
  const declared = amountOf(entry['time']);
  if (declared !== undefined) return Math.min(MAX_MS, declared);
  return phasesMs.length === 0 ? undefined : phasesMs.reduce((sum, ms) => sum + ms, 0);
}

function errorOf(entry: Fields, response: Fields): string {
  const error =
    textOf(response['_error'], MAX_WORD_LENGTH) || textOf(response['_failureText'], MAX_WORD_LENGTH);
  return error === '' && entry['_wasAborted'] === true ? 'aborted' : error;
}

function bytesOf(response: Fields, content: Fields): number | undefined {
  const transferred = amountOf(response['_transferSize']);
  if (transferred !== undefined) return transferred;
  const body = amountOf(response['bodySize']);
  return body === undefined ? amountOf(content['size']) : body + (amountOf(response['headersSize']) ?? 0);
}

function groupOf(entry: Fields, request: Fields, type: string): RequestGroup {
  const resource = textOf(entry['_resourceType'], MAX_WORD_LENGTH).toLowerCase();
  if (resource !== '') return GROUPS.get(resource) ?? 'other';
  const destination = headerOf(request, 'sec-fetch-dest');
  if (destination !== '') return GROUPS.get(destination) ?? 'other';
  if (headerOf(request, 'x-requested-with') === 'xmlhttprequest') return 'fetch';
  if (type.startsWith('image/')) return 'image';
  if (/javascript|ecmascript/.test(type)) return 'script';
  if (type === 'text/css') return 'style';
  if (/html$/.test(type) || type === 'application/xhtml+xml') return 'document';
  return /[/+](?:json|xml)$/.test(type) ? 'fetch' : 'other';
}

/** Returns the value of a header in lower case. */
function headerOf(message: Fields, name: string): string {
  for (const header of itemsOf(message['headers']).slice(0, MAX_HEADERS)) {
    const { name: ownName, value } = fieldsOf(header);
    if (textOf(ownName, MAX_WORD_LENGTH).toLowerCase() === name)
      return textOf(value, MAX_WORD_LENGTH).toLowerCase();
  }
  return '';
}

function hasSecrets(message: Fields): boolean {
  const hasNamed = (list: unknown, isSecret: (name: string) => boolean): boolean =>
    itemsOf(list)
      .slice(0, MAX_HEADERS)
      .some((item) => isSecret(textOf(fieldsOf(item)['name'], MAX_WORD_LENGTH)));
  return (
    itemsOf(message['cookies']).length > 0 ||
    hasNamed(message['headers'], isSecretHeader) ||
    hasNamed(message['queryString'], isSecretParameter) ||
    hasNamed(fieldsOf(message['postData'])['params'], isSecretParameter)
  );
}
