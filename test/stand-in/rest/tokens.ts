import { randomBytes } from 'node:crypto';

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
