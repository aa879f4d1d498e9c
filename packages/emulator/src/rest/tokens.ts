import { randomBytes } from 'node:crypto';

/**
 * The token of an `Authorization` header: of a `Bearer`, or as the password of a `Basic` one, which is how a personal
 * access token is sent (`personalaccesstoken.ts` of the official Node client). The user's name does not matter.
 */
export function tokenIn(authorization: string | undefined): string | undefined {
  const [, scheme, value = ''] = /^(Bearer|Basic) (\S+)$/i.exec(authorization ?? '') ?? [];
  if (scheme === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  return Buffer.from(value, 'base64').toString('utf8').split(':').slice(1).join(':');
}

/** Issues bearer tokens and says which are still good. They are opaque, as the extension must take them. */
export class Tokens {
  private readonly expiresAt = new Map<string, number>();

  constructor(readonly lifetimeMs: number) {}

  issue(): string {
    const token = randomBytes(24).toString('base64url');
    this.expiresAt.set(token, Date.now() + this.lifetimeMs);
    return token;
  }

  isGood(token: string): boolean {
    return (this.expiresAt.get(token) ?? 0) > Date.now();
  }

  /** Lets every token issued so far expire. */
  expireAll(): void {
    this.expiresAt.clear();
  }
}
