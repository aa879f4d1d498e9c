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
