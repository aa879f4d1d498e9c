import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCertificate, type Certificate } from '../../test/helpers/certificate';

/** How long a certificate is good for. Apple's limit for one that a person trusts is 825 days. */
const GOOD_FOR_DAYS = 365;

/** A certificate that lies in a folder. */
export interface KeptCertificate extends Certificate {
  /** Where it lies, for whoever wants to trust it. */
  readonly path: string;
  /** Nobody can trust it yet. */
  readonly isNew: boolean;
}

/**
 * The certificate in `folder`, so that a browser that trusts it need not be asked again; a new one in its place where
 * there is none that is good for another day.
 */
export async function keptCertificate(folder: string): Promise<KeptCertificate> {
  const path = join(folder, 'localhost.crt');
  const keyPath = join(folder, 'localhost.key');
  const kept = await read(path, keyPath);
  if (kept) return { ...kept, path, isNew: false };
  const made = createCertificate(GOOD_FOR_DAYS);
  await mkdir(folder, { recursive: true });
  // Whoever has the key can pass for localhost with those who trust the certificate.
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
