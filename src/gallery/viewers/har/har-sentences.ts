import { extensionOf } from '../../../base/file-kind';
import { hasViewer } from '../../model/file-formats';
import { formatBytes, listOf } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { formatDuration } from '../results/result-sentences';
import { safeFileName } from '../safe-text';
import type { HarRequest, Phase, RequestGroup, RequestLog } from './har-log';
import { REQUEST_GROUPS } from './har-log';

/** Group to filter by. `undefined` for all requests. */
export type ChosenGroup = RequestGroup | 'failed' | undefined;

/** Filter of a list of requests. */
export interface RequestFilter {
  readonly group: ChosenGroup;
  /** Words that all have to occur in the address, the method, the status, the type or the error. */
  readonly query: string;
}

/** Maximum length of a name, in UTF-16 units. */
const MAX_NAME_LENGTH = 120;

/** Extensions by MIME type, for the names of bodies. */
const EXTENSIONS: Readonly<Partial<Record<string, string>>> = {
  'text/html': 'html',
  'text/css': 'css',
  'text/csv': 'csv',
  'text/markdown': 'md',
  'video/webm': 'webm',
  'text/xml': 'xml',
  'application/xml': 'xml',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'image/svg+xml': 'svg',
  'image/jpeg': 'jpg',
  'image/x-icon': 'ico',
  'image/vnd.microsoft.icon': 'ico',
};

/** Interval from the first start to the last end, in milliseconds since 1970. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Returns the interval of some requests, or `undefined` without a known start. */
export function intervalOf(requests: readonly HarRequest[]): Interval | undefined {
  let from = Infinity;
  let to = -Infinity;
  for (const { startedAt, durationMs = 0 } of requests) {
    if (startedAt === undefined) continue;
    from = Math.min(from, startedAt);
    to = Math.max(to, startedAt + durationMs);
  }
  return from <= to ? { from, to } : undefined;
}

/** `128 requests, 3 failed, 4.2 MB, 8.1 s`. */
export function describeLog({ requests, total }: RequestLog): string {
  const failed = countIn(requests, 'failed');
  const interval = intervalOf(requests);
  const bytes = requests.reduce((sum, request) => sum + (request.bytes ?? 0), 0);
  return listOf([
    countRequests(total),
    ...(failed > 0 ? [t('{requests, number} failed', { requests: failed })] : []),
    formatBytes(bytes),
    ...(interval ? [formatDuration(interval.to - interval.from)] : []),
  ]);
}

/** `1 request`, `12 requests`. */
export function countRequests(count: number): string {
  return t('{count, plural, one {# request} other {# requests}}', { count });
}

/** Returns the groups with requests, in display order. */
export function groupsIn(requests: readonly HarRequest[]): readonly RequestGroup[] {
  return REQUEST_GROUPS.filter((group) => countIn(requests, group) > 0);
}

/** Returns the number of requests in a group. */
export function countIn(requests: readonly HarRequest[], group: ChosenGroup): number {
  return requests.reduce((count, request) => count + Number(isInGroup(request, group)), 0);
}

/** Returns the requests that match a filter. */
export function filterRequests(
  requests: readonly HarRequest[],
  { group, query }: RequestFilter,
): readonly HarRequest[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (group === undefined && words.length === 0) return requests;
  return requests.filter((request) => {
    if (!isInGroup(request, group)) return false;
    const { method, url, status = '', statusText, type, error } = request;
    const text = [method, url, status, statusText, type, error].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function isInGroup({ group, isFailed }: HarRequest, chosen: ChosenGroup): boolean {
  return chosen === undefined || (chosen === 'failed' ? isFailed : group === chosen);
}

/** Name of a group. */
export function nameOfGroup(group: Exclude<ChosenGroup, undefined>): string {
  switch (group) {
    case 'fetch':
      return t('Fetch/XHR');
    case 'document':
      return t('Documents');
    case 'script':
      return t('Scripts');
    case 'style':
      return t('Styles');
    case 'image':
      return t('Images');
    case 'other':
      return t('Other');
    case 'failed':
      return t('Failed');
  }
}

/** Name of a phase. */
export function nameOfPhase(phase: Phase): string {
  switch (phase) {
    case 'blocked':
      return t('Blocked');
    case 'dns':
      return t('DNS lookup');
    case 'connect':
      return t('Connecting');
    case 'ssl':
      return t('TLS handshake');
    case 'send':
      return t('Sending');
    case 'wait':
      return t('Waiting for the response');
    case 'receive':
      return t('Receiving');
  }
}

/** `200 OK`, `404 Not Found`, `net::ERR_FAILED`, `No response`. */
export function describeStatus({ status, statusText, error, isFailed }: HarRequest): string {
  const code = status === undefined ? '' : `${status} ${statusText}`.trim();
  if (error !== '') return makeVisible([code, error].filter(Boolean).join(' · '));
  return makeVisible(code) || (isFailed ? t('No response') : '');
}

/** Last part of an address, and its host. The whole address if it has no such parts. */
export function placeOf(url: string): { readonly name: string; readonly host: string } {
  const [, host = '', path = ''] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)([^#]*)/i.exec(url) ?? [];
  if (host === '') return { name: cutName(url), host: '' };
  const [folders, query] = splitOnce(path, '?');
  const name = folders.replace(/\/+$/, '').split('/').at(-1) ?? '';
  return {
    name: cutName((name === '' ? '/' : name) + (query === undefined ? '' : `?${query}`)),
    host: host.slice(host.lastIndexOf('@') + 1),
  };
}

/** `json` for `application/json`. */
export function shortType(type: string): string {
  return makeVisible(type.slice(type.lastIndexOf('/') + 1).replace(/^x-/, ''));
}

/** Returns a safe name for the content of a request. */
export function nameOfBody(url: string, type: string): string {
  const path = splitOnce(placeOf(url).name, '?')[0];
  return nameWithType(/^data:|^\/?$/i.test(path) ? 'response' : path.replace(/…$/, ''), type);
}

/** Returns a safe name with the extension of a MIME type, to find a viewer. */
export function nameWithType(name: string, type: string): string {
  const safeName = safeFileName(name);
  const extension = EXTENSIONS[type] ?? usualExtension(type);
  if (extension === undefined) return hasViewer(safeName) ? safeName : `${safeName}.txt`;
  return extensionOf(safeName) === extension ? safeName : `${safeName}.${extension}`;
}

function usualExtension(type: string): string | undefined {
  if (/[/+]json$/.test(type)) return 'json';
  if (/javascript|ecmascript/.test(type)) return 'js';
  if (/\+xml$/.test(type)) return 'xml';
  const [, image] = /^image\/(png|gif|webp|avif|bmp)$/.exec(type) ?? [];
  return image;
}

function splitOnce(text: string, separator: string): readonly [before: string, after: string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function cutName(name: string): string {
  return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
}
