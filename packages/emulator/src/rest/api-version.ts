import { ApiError } from './api-error';

/** Versions of one resource: the newest released one, and the newest preview of the one after it. */
export interface SupportedVersions {
  /** Such as `7.1`. */
  readonly latest: string;
  /** Previews differ by resource (REST reference H): 3 for work items, 4 for attachments. */
  readonly latestPreview: number;
  /** Whether no version of the resource is released; all need `-preview`. */
  readonly isPreviewOnly?: boolean;
  /** Earlier versions are not emulated. */
  readonly oldestVersion?: number;
}

interface Version {
  readonly number: number;
  readonly preview: number | null;
}

/** Checks the version of a request (REST reference H); throws the refusal. */
export function checkApiVersion(asked: string | null, method: string, supported: SupportedVersions): void {
  if (asked === null) {
    if (method === 'GET' || method === 'OPTIONS') return;
    throw notSpecified(method);
  }
  const version = parse(asked);
  if (version === null) throw malformedVersion(asked);
  const latest = Number(supported.latest);
  if (version.number < (supported.oldestVersion ?? 0)) throw outOfRange(asked, supported.latest);
  if (supported.isPreviewOnly === true) {
    if (version.preview === null) throw previewFlagMissing(asked);
    if (version.preview > supported.latestPreview) throw outOfRange(asked, supported.latest);
  }
  if (version.number <= latest) return;
  if (version.number > nextMinor(latest)) throw outOfRange(asked, supported.latest);
  if (version.preview === null) throw previewFlagMissing(asked);
  if (version.preview > supported.latestPreview) throw outOfRange(asked, supported.latest);
}

/** Returns the version of a request, from its query or its `Accept` header (REST reference H). */
export function askedApiVersion(query: string | undefined, accept: string | undefined): string | null {
  return query ?? /;\s*api-version=([^;,\s]+)/i.exec(accept ?? '')?.[1] ?? null;
}

/** The number after `-preview`; `null` for a released version. */
export function previewOf(version: string): number | null {
  return parse(version)?.preview ?? null;
}

/** `7.1` → `7.2`, the version in preview while the given one is the latest. */
export function nextMinor(latest: number): number {
  return Math.round(latest * 10 + 1) / 10;
}

function parse(text: string): Version | null {
  const match = /^(\d+\.\d+)(?:-preview(?:\.(\d+))?)?$/i.exec(text);
  if (match === null) return null;
  return { number: Number(match[1]), preview: /preview/i.test(text) ? Number(match[2] ?? 1) : null };
}

function notSpecified(method: string): ApiError {
  return new ApiError(
    400,
    'VssVersionNotSpecifiedException',
    `No api-version was supplied for the "${method}" request. The version must be supplied either as part of the Accept header ` +
      '(e.g. "application/json; api-version=1.0") or as a query parameter (e.g. "?api-version=1.0").',
  );
}

function outOfRange(asked: string, latest: string): ApiError {
  return new ApiError(
    400,
    'VssVersionOutOfRangeException',
    `The requested REST API version of ${asked} is out of range for this server. ` +
      `The latest REST API version this server supports is ${latest}.`,
  );
}

/** Assumed: type and text; the reference only calls 7.2 a preview. */
function previewFlagMissing(asked: string): ApiError {
  return new ApiError(
    400,
    'VssInvalidPreviewVersionException',
    `The requested version "${asked}" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests.`,
  );
}

function malformedVersion(asked: string): ApiError {
  return new ApiError(400, 'VssInvalidApiVersionException', `The api-version "${asked}" is not valid.`);
}
