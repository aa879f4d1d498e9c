import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCertificate, type Certificate } from '../../test/helpers/certificate';

/** Validity of a certificate. Apple's limit for user-trusted ones is 825 days. */
const GOOD_FOR_DAYS = 365;

/** Certificate in a folder. */
export interface KeptCertificate extends Certificate {
  /** Path of the certificate, for trusting it. */
  readonly path: string;
  /** True if it was just created, so no browser trusts it yet. */
  readonly isNew: boolean;
}

/**
 * Returns the certificate in `folder`, so a browser keeps trusting it; creates a new one if none is valid for
 * another day.
 */
export async function keptCertificate(folder: string): Promise<KeptCertificate> {
  const path = join(folder, 'localhost.crt');
  const keyPath = join(folder, 'localhost.key');
  const kept = await read(path, keyPath);
  if (kept) return { ...kept, path, isNew: false };
  const made = createCertificate(GOOD_FOR_DAYS);
  await mkdir(folder, { recursive: true });
  // The key allows anyone to impersonate localhost to browsers that trust the certificate.
  await writeFile(keyPath, made.key, { mode: 0o600 });
  await writeFile(path, made.cert);
  return { ...made, path, isNew: true };
}

async function read(certPath: string, keyPath: string): Promise<Certificate | undefined> {
  try {
    const [cert, key] = await Promise.all([readFile(certPath, 'utf8'), readFile(keyPath, 'utf8')]);
    return isGoodTomorrow(new X509Certificate(cert)) ? { key, cert } : undefined;
  } catch {
    return undefined;
  }
}

function isGoodTomorrow({ validTo }: X509Certificate): boolean {
  return Date.parse(validTo) > Date.now() + 24 * 60 * 60 * 1000;
}
