/** Links that lead a person somewhere and run nothing. */
const PROTOCOLS: readonly string[] = ['https:', 'http:', 'mailto:'];

/**
 * The address of a link that may be followed; `undefined` for all others, also for those that are relative: what they
 * are relative to is not here.
 */
export function safeLink(address: string): string | undefined {
  // No base: an address of its own is asked for.
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return PROTOCOLS.includes(protocol) ? href : undefined;
}
