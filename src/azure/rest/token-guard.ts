import { StaplerError } from '../../base/errors';
import { EXTENSION_DATA_HOST, parseUrl } from '../organization-urls';
import type { HttpStack } from './http-stack';

/** Whether a token may be sent to a URL. */
export type AllowsToken = (url: string) => boolean;

/** Settings of `allowedHosts`. */
export interface AllowedHostsOptions {
  /** Whether the token may be sent over plain http to the host of the organization. */
  readonly allowHttp: boolean;
}

/**
 * Returns the rule for a token: Azure DevOps Services, and the host of the organization with its port. Only a loopback
 * address may use plain http, unless the person allows it.
 *
 * @param organizationUrl URL of the organization or collection.
 */
export function allowedHosts(organizationUrl: string, { allowHttp }: AllowedHostsOptions): AllowsToken {
  const organization = parseUrl(organizationUrl);
  return (text) => {
    const url = parseUrl(text);
    // A user name in front of a host can imitate another one.
    if (!url || url.username || url.password) return false;
    if (isServices(url)) return true;
    if (!organization || url.origin !== organization.origin) return false;
    return url.protocol === 'https:' || (url.protocol === 'http:' && (allowHttp || isLoopback(url)));
  };
}

/** Whether a URL belongs to Azure DevOps Services, over https with the default port. */
function isServices({ protocol, host }: URL): boolean {
  if (protocol !== 'https:') return false;
  return (
    host === EXTENSION_DATA_HOST || /^(?:dev\.azure\.com|(?:[a-z0-9_-]+\.)+visualstudio\.com)$/.test(host)
  );
}

/** Whether packets to a host stay on this machine. URLs have IPv4 addresses in their common form. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(?:(?:[^.]+\.)*localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Refuses to send a token to other hosts, before a connection is opened. Requests without a token pass. */
export function guardToken(stack: HttpStack, allowsToken: AllowsToken): HttpStack {
  return {
    async send(request) {
      const hasToken = Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization');
      if (hasToken && !allowsToken(request.url)) throw tokenRefused(request.url);
      return stack.send(request);
    },
  };
}

function tokenRefused(text: string): StaplerError {
  const origin = parseUrl(text)?.origin ?? 'an unreadable address';
  const message = `The token is not sent to ${origin}: it is not the organization, or not over https.`;
  return new StaplerError('elsewhere', message, { serverMessage: message });
}
