import { randomBytes } from 'node:crypto';
import { jamal } from './fabrikam';

/**
 * Returns the token of an `Authorization` header: a `Bearer` token, or the password of a `Basic` one, as used
 * for personal access tokens (`personalaccesstoken.ts` of the official Node client). The user name is
 * ignored.
 */
export function tokenIn(authorization: string | undefined): string | undefined {
  const [, scheme, value = ''] = /^(Bearer|Basic) (\S+)$/i.exec(authorization ?? '') ?? [];
  if (scheme === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  return Buffer.from(value, 'base64').toString('utf8').split(':').slice(1).join(':');
}

/** Issues and validates bearer tokens. As on Services, they are JSON web tokens with the user as `nameid`. */
export class Tokens {
  private readonly expiresAt = new Map<string, number>();
  private isSignedIn = true;

  constructor(readonly lifetimeMs: number) {}

  issue(): string {
    const claims = Buffer.from(JSON.stringify({ nameid: jamal.id })).toString('base64url');
    const token = `e30.${claims}.${randomBytes(24).toString('base64url')}`;
    if (this.isSignedIn) this.expiresAt.set(token, Date.now() + this.lifetimeMs);
    return token;
  }

  isGood(token: string): boolean {
    return (this.expiresAt.get(token) ?? 0) > Date.now();
  }

  /** Begins or ends the session of the user. Without one, no token is good, not even a new one. */
  setSignedIn(isSignedIn: boolean): void {
    this.isSignedIn = isSignedIn;
    this.expireAll();
  }

  /** Lets every token issued so far expire. */
  expireAll(): void {
    this.expiresAt.clear();
  }
}
