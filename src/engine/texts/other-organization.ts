import { open } from 'node:fs/promises';
import { parseUrl } from '../../azure/organization-urls';
import { SUPPRESS_REDIRECT } from '../../azure/rest/connection';
import type { HttpResponse, HttpStack } from '../../azure/rest/http-stack';
import { errorFromResponse, isSignInPage } from '../../azure/rest/server-errors';
import { StaplerError } from '../../base/errors';
import { retry } from '../../base/retry';
import type { Runtime } from '../../base/runtime';
import type { Credential } from '../credential';
import { authorizationOf } from '../credential';

/** Another organization or server, as the source of images. */
export interface OtherOrganization {
  /** Whether an address is below that of the organization. */
  readonly has: (address: string) => boolean;
  /**
   * Downloads a file to a path.
   *
   * @throws StaplerError, CancelledError after an abort.
   */
  readonly save: (address: string, path: string, signal: AbortSignal) => Promise<void>;
}

/** Dependencies of `createOtherOrganization`. */
export interface OtherOrganizationOptions {
  /** Base URL. Only addresses below it are read. */
  readonly url: string;
  /** See `createOtherNetwork`. */
  readonly stack: HttpStack;
  readonly runtime: Runtime;
  /** Sent to this organization only. Default: requests without a credential. */
  readonly credential?: Credential;
}

/** Largest image, in bytes: the limit of Azure DevOps Services. */
const MAX_IMAGE_BYTES = 60_000_000;

/** Redirects within the organization. */
const MAX_REDIRECTS = 3;

/** Attempts to read an image. */
const READ_ATTEMPTS = 4;

/** Timeout without progress, in milliseconds. */
const STALL_MS = 30_000;

/** Whether an http(s) address is below a base URL, on the same host and port. */
export function isBelowUrl(address: string, baseUrl: string): boolean {
  const [url, base] = [parseUrl(address), parseUrl(baseUrl)];
  if (!url || !base || !/^https?:$/.test(url.protocol) || url.username || url.password) return false;
  const root = `${base.pathname.toLowerCase().replace(/\/+$/, '')}/`;
  return url.origin === base.origin && `${url.pathname.toLowerCase()}/`.startsWith(root);
}

/** Creates access to the files of another organization. */
export function createOtherOrganization(options: OtherOrganizationOptions): OtherOrganization {
  const { url: baseUrl, stack, runtime, credential } = options;
  const has = (address: string): boolean => isBelowUrl(address, baseUrl);

  function send(url: string, signal: AbortSignal): Promise<HttpResponse> {
    if (!has(url)) throw elsewhere(url, baseUrl);
    return stack.send({
      ...{ method: 'GET', url, signal, stallMs: STALL_MS, wantsStream: true },
      headers: {
        Accept: 'image/*, application/octet-stream',
        ...SUPPRESS_REDIRECT,
        ...(credential && { Authorization: authorizationOf(credential) }),
      },
    });
  }

  async function sendFollowing(address: string, signal: AbortSignal): Promise<HttpResponse> {
    let url = address;
    let response = await send(url, signal);
    for (let count = 0; count < MAX_REDIRECTS; count++) {
      const location = response.status >= 300 && response.status < 400 ? response.header('Location') : null;
      if (location === null) break;
      url = parseUrl(location, url)?.href ?? '';
      response = await send(url, signal);
    }
    return response;
  }

  async function saveOnce(address: string, path: string, signal: AbortSignal): Promise<void> {
    // Also ends a download that is too large.
    const ending = new AbortController();
    const either = AbortSignal.any([signal, ending.signal]);
    const response = await sendFollowing(address, either);
    const name = `GET ${parseUrl(address)?.pathname ?? ''}`;
    if (!response.stream || isSignInPage(response)) throw errorFromResponse(response, name);
    const file = await open(path, 'w', FILE_MODE);
    try {
      let bytes = 0;
      for await (const piece of response.stream) {
        bytes += piece.byteLength;
        if (bytes > MAX_IMAGE_BYTES) throw tooLarge();
        await file.appendFile(piece);
      }
    } finally {
      ending.abort();
      await file.close();
    }
  }

  return {
    has,
    save: (address, path, signal) =>
      retry(() => saveOnce(address, path, signal), { runtime, signal, maxAttempts: READ_ATTEMPTS }),
  };
}

/** Only the person can read it. */
const FILE_MODE = 0o600;

function tooLarge(): StaplerError {
  return new StaplerError('file-too-large', 'The image is too large.', { limitBytes: MAX_IMAGE_BYTES });
}

function elsewhere(url: string, baseUrl: string): StaplerError {
  const message = `It leads to ${parseUrl(url)?.origin ?? 'an unreadable address'}, not below ${baseUrl}.`;
  return new StaplerError('elsewhere', message, { serverMessage: message });
}
