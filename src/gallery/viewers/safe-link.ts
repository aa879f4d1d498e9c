/** Protocols without side effects in the page. */
const SAFE_PROTOCOLS: readonly string[] = ['https:', 'http:', 'mailto:'];

/** Returns the normalized URL of a safe absolute link, or `undefined`: the base of relative links is unknown. */
export function safeLink(url: string): string | undefined {
  // Not by `URL.canParse`, which is missing in Safari before 17.
  try {
    const { protocol, href } = new URL(url);
    return SAFE_PROTOCOLS.includes(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
