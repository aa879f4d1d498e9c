const HIDDEN = '***';

/** Texts that must never be printed. */
export interface Secrets {
  readonly add: (secret: string) => void;
  /** Returns a text without them. */
  readonly remove: (text: string) => string;
}

/** Creates an empty list of secrets. */
export function createSecrets(): Secrets {
  const secrets = new Set<string>();
  return {
    add(secret) {
      if (secret === '') return;
      secrets.add(secret);
      // As a password of Basic authentication.
      secrets.add(Buffer.from(`:${secret}`).toString('base64'));
    },
    remove(text) {
      let cleaned = text;
      for (const secret of secrets) cleaned = cleaned.replaceAll(secret, HIDDEN);
      return cleaned;
    },
  };
}
