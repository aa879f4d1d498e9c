import { CancelledError } from '../../../../../src/base/errors';
import { SECRET_RULES } from '../../../../../src/upload/rules/secrets/rules';
import type { SecretScan } from '../../../../../src/upload/rules/secrets/scan';
import { MAX_SCANNED_BYTES, maskSecrets, scanSecrets } from '../../../../../src/upload/rules/secrets/scan';
import { blobOf, bufferOf } from '../../../../helpers/picture-data';
import { RandomTexts, githubToken, harmlessLog, plantedSecrets } from '../../../../helpers/planted-secrets';

const signal = new AbortController().signal;
const LOG_BYTES = 10 * 1024 * 1024;

async function findingsOf(
  content: string | Buffer,
): Promise<Extract<SecretScan, { kind: 'scanned' }>['findings']> {
  const scan = await scanSecrets(blobOf(Buffer.from(content)), signal);
  if (scan.kind !== 'scanned') throw new Error(scan.reason);
  return scan.findings;
}

describe('60 planted secrets', () => {
  const planted = plantedSecrets(1);

  it('are of all rules', () => {
    expect(planted).toHaveLength(60);
    expect(new Set(planted.map(({ rule }) => rule))).toEqual(new Set(SECRET_RULES.map(({ id }) => id)));
  });

  it.each([1, 2, 3, 4, 5])('are found, each by its rule and place (seed %i)', async (seed) => {
    const secrets = plantedSecrets(seed);
    const filler = harmlessLog(seed, 200_000).split('\n');
    const step = Math.floor(filler.length / secrets.length);
    const text = secrets.map(({ line }, index) =>
      [...filler.slice(index * step, (index + 1) * step), line].join('\n'),
    );
    const content = text.join('\n');
    const findings = await findingsOf(content);
    const missed = secrets.filter(({ rule, secret }) => {
      const at = content.indexOf(secret);
      return !findings.some(
        (found) => found.rule === rule && found.start <= at && found.end >= at + secret.length,
      );
    });
    expect(missed.map(({ rule, line }) => `${rule}: ${line}`)).toEqual([]);
    expect(findings.length).toBeLessThanOrEqual(61);
  });

  it('become asterisks of the same length, and then none is left', async () => {
    const content = planted.map(({ line }) => line).join('\r\n');
    const findings = await findingsOf(content);
    const masked = (await bufferOf(await maskSecrets(blobOf(Buffer.from(content)), findings))).toString();
    expect(masked).toHaveLength(content.length);
    expect(masked.split('\r\n')).toHaveLength(content.split('\r\n').length);
    for (const { secret } of planted) expect(masked).not.toContain(secret.slice(-20));
    expect(await findingsOf(masked)).toEqual([]);
  });
});

it('10 MB of harmless logs give at most one false alarm', async () => {
  const findings = await findingsOf(harmlessLog(7, LOG_BYTES));
  expect(findings.map(({ rule, excerpt }) => `${rule} ${excerpt}`).slice(1)).toEqual([]);
});

it('A finding has its line, column, bytes and an excerpt without the secret', async () => {
  const token = githubToken(new RandomTexts(3));
  const line = `Größe 😀 token=${token} end`;
  const [finding, ...more] = await findingsOf(`first\r\n\n${line}\nlast`);
  expect(more).toEqual([]);
  const start = 'first\r\n\n'.length + Buffer.byteLength('Größe 😀 token=');
  expect(finding).toEqual({
    rule: 'github-token',
    line: 3,
    column: 15,
    excerpt: `Gr…e … token=${'*'.repeat(16)} end`,
    start,
    end: start + token.length,
  });
});

it('A secret is found once wherever the chunks are cut', async () => {
  const random = new RandomTexts(5);
  const key = plantedSecrets(2)[0]!.secret;
  for (const secret of [githubToken(random), key])
    for (const before of [1, 20, 39, 41, 399, 401]) {
      const filler = 'x y\n'.repeat(262_144 - Math.ceil(before / 4)) + ' '.repeat(4 - (before % 4));
      const findings = await findingsOf(`${filler}${secret} ${'z\n'.repeat(20_000)}`);
      expect(findings).toEqual([
        expect.objectContaining({ start: filler.length, end: filler.length + secret.length }),
      ]);
      expect(findings[0]?.line).toBe(filler.split('\n').length);
    }
});

it('A text in UTF-16 is searched and masked', async () => {
  const token = githubToken(new RandomTexts(9));
  const little = Buffer.from(`\ufeffsome text\n${token} ü`, 'utf16le');
  for (const bytes of [little, Buffer.from(little).swap16()]) {
    const findings = await findingsOf(bytes);
    expect(findings).toEqual([expect.objectContaining({ line: 2, column: 1, start: 22, end: 22 + 80 })]);
    const masked = await bufferOf(await maskSecrets(blobOf(bytes), findings));
    const text = bytes === little ? masked : masked.swap16();
    expect(text.toString('utf16le')).toBe(`\ufeffsome text\n${'*'.repeat(40)} ü`);
  }
});

it('Large and binary files are not scanned', async () => {
  const large = blobOf(Buffer.alloc(MAX_SCANNED_BYTES + 1, 'x'));
  expect(await scanSecrets(large, signal)).toEqual({ kind: 'not-scanned', reason: 'too-large' });
  const binary = blobOf(Buffer.from('PNG\0'));
  expect(await scanSecrets(binary, signal)).toEqual({ kind: 'not-scanned', reason: 'not-text' });
});

it('An abort ends a scan between two chunks', async () => {
  const controller = new AbortController();
  const file = blobOf(Buffer.alloc(5 * 1024 * 1024, 'x '));
  let reads = 0;
  const slice = file.slice.bind(file);
  file.slice = (start, end) => {
    if (++reads === 3) controller.abort();
    return slice(start, end);
  };
  await expect(scanSecrets(file, controller.signal)).rejects.toThrow(CancelledError);
  expect(reads).toBe(3);
});

it.each([
  [
    'a token of GitHub with a wrong checksum',
    () => githubToken(new RandomTexts(1)).replace(/.$/, (end) => (end === 'a' ? 'b' : 'a')),
  ],
  ['a number with a wrong check digit', () => '4539 1488 0343 6468'],
  ['a card number of tests', () => '4111 1111 1111 1111'],
  ['an IBAN with wrong check digits', () => 'DE00 3704 0044 0532 0130 00'],
  [
    'a header of a key without body',
    () => `${'-'.repeat(5)}BEGIN PRIVATE KEY${'-'.repeat(5)} is the first line`,
  ],
  ['a password in a template', () => 'Server=x;User ID=y;Password=${PASSWORD}; https://user:<password>@host'],
  ['a text of one letter', () => `api_key = "${'a'.repeat(40)}"`],
])('%s is no secret', async (_, text) => {
  expect(await findingsOf(text())).toEqual([]);
});
