import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptCertificate } from '../../../../tools/dev-server/kept-certificate';
import { createCertificate } from '../../../helpers/certificate';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'stapler-certificate-'))));
afterEach(() => rm(folder, { recursive: true }));

function inDays(days: number): number {
  return Date.now() + days * 24 * 60 * 60 * 1000;
}

test('createCertificate returns a self-signed certificate for localhost with the given validity', () => {
  const read = new X509Certificate(createCertificate(7).cert);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkHost('localhost')).toBe('localhost');
  for (const address of ['127.0.0.1', '127.0.0.2', '::1']) expect(read.checkIP(address)).toBe(address);
  expect(read.checkHost('dev.azure.com')).toBeUndefined();
  expect(read.ca).toBe(false);
  expect(Date.parse(read.validFrom)).toBeLessThan(inDays(0));
  expect(Date.parse(read.validTo)).toBeGreaterThan(inDays(6.9));
  expect(Date.parse(read.validTo)).toBeLessThan(inDays(7.1));
});

test('createCertificate uses a new serial number each time, as Firefox requires', () => {
  const [one, other] = [1, 2].map(() => new X509Certificate(createCertificate(1).cert).serialNumber);
  expect(one).not.toBe(other);
});

test('keptCertificate keeps a certificate, with a private key file', async () => {
  const made = await keptCertificate(join(folder, 'new'));
  expect(made.isNew).toBe(true);
  expect(await keptCertificate(join(folder, 'new'))).toEqual({ ...made, isNew: false });
  const { mode } = await stat(join(folder, 'new/localhost.key'));
  if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
});

test('keptCertificate replaces an expiring or unreadable certificate', async () => {
  const old = createCertificate(0.5);
  await writeFile(join(folder, 'localhost.key'), old.key);
  await writeFile(join(folder, 'localhost.crt'), old.cert);
  const renewed = await keptCertificate(folder);
  expect(renewed).toMatchObject({ isNew: true });
  expect(renewed.cert).not.toBe(old.cert);
  await writeFile(renewed.path, 'damaged');
  expect(await keptCertificate(folder)).toMatchObject({ isNew: true });
});
