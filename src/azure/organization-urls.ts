/** Host of the data of extensions, on Azure DevOps Services. */
export const EXTENSION_DATA_HOST = 'extmgmt.dev.azure.com';

/**
 * Returns the base URLs of an organization or collection in addresses that people copy: the one of its API and the one
 * of the page around the frame. A server may have several names, and the page another one than the API.
 *
 * @param baseUrl Base URL of the API.
 * @param referrer Address of the page around the frame, or its origin; empty if the page hides it.
 */
export function organizationUrls(
  baseUrl: string,
  referrer = (globalThis as Partial<typeof globalThis>).document?.referrer,
): readonly string[] {
  try {
    const { pathname } = new URL(baseUrl);
    return [baseUrl, new URL(pathname, referrer).href];
  } catch {
    return [baseUrl];
  }
}

/** Returns an absolute URL, possibly by a base, or `undefined` for any other text. */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** Whether a URL belongs to the organization or collection with these base URLs; true if they are unknown. */
export function isInOrganization(url: URL, baseUrls: readonly string[]): boolean {
  const bases = baseUrls.flatMap((baseUrl) => parseUrl(baseUrl) ?? []);
  return bases.length === 0 || bases.some((base) => isBelow(url, base));
}

function isBelow(url: URL, base: URL): boolean {
  const [organization, other] = [organizationOf(base), organizationOf(url)];
  if (organization !== undefined || other !== undefined) return organization === other;
  const root = `${base.pathname.toLowerCase().replace(/\/+$/, '')}/`;
  return isSameHost(base.hostname, url.hostname) && `${url.pathname.toLowerCase()}/`.startsWith(root);
}

/** Organization of Azure DevOps Services, with its old address or the new one. */
function organizationOf({ hostname, pathname }: URL): string | undefined {
  if (hostname === 'dev.azure.com') return pathname.split('/')[1]?.toLowerCase();
  return /^([^.]+)\.visualstudio\.com$/.exec(hostname)?.[1];
}

/** A server in the own domain may be addressed by its first label alone. */
function isSameHost(a: string, b: string): boolean {
  return a === b || a === b.split('.', 1)[0] || b === a.split('.', 1)[0];
}

/**
 * Returns the path of a URL below its organization or collection, `Shop/_apis/wit/attachments/…`; `undefined` for
 * another organization.
 *
 * @param baseUrls Base URLs of the organization or collection, at least one.
 */
export function pathInOrganization(url: URL, baseUrls: readonly string[]): string | undefined {
  const base = baseUrls.map((baseUrl) => parseUrl(baseUrl)).find((each) => each && isBelow(url, each));
  if (!base) return undefined;
  const path = url.pathname.slice(1);
  if (url.hostname === 'dev.azure.com') return path.replace(/^[^/]*\/?/, '');
  if (organizationOf(url) !== undefined) return path.replace(/^DefaultCollection(\/|$)/i, '');
  return url.pathname.slice(base.pathname.replace(/\/*$/, '/').length);
}
