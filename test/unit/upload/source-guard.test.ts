import type { StaplerError } from '../../../src/base/errors';
import { createSourceGuard, recordFingerprint } from '../../../src/upload/source-guard';
import { fingerprintOf } from '../../../src/upload/recovery/journal/fingerprint';
import { editableFile } from '../../helpers/editable-file';
import { createFakeRuntime } from '../../helpers/fake-runtime';

const MIB = 1024 * 1024;

/** A tracked file with its guard. */
function begin(size: number) {
  const disk = editableFile('a.bin', size);
  const file = { name: 'a.bin', size, folder: '', source: disk.source };
  const runtime = createFakeRuntime();
  const guard = createSourceGuard(runtime);
  guard.track(file);
  /** @param onWait Called when the check waits for a timer. */
  async function outcomeOf(check: Promise<void>, onWait?: () => void): Promise<string> {
    let outcome: string | undefined;
    check.then(
      () => (outcome = 'same'),
      (error: unknown) => (outcome = (error as StaplerError).kind),
    );
    while (outcome === undefined) {
      await new Promise(setImmediate);
      if (runtime.delays().length === 0) continue;
      onWait?.();
      await runtime.pass(1_000);
    }
    return outcome;
  }
  return {
    ...disk,
    prepare: () => outcomeOf(guard.prepare(file)),
    assertUnchanged: (onWait?: () => void) => outcomeOf(guard.assertUnchanged(file), onWait),
    verify: () => outcomeOf(guard.verify(file)),
  };
}

describe('createSourceGuard', () => {
  it.each([
    ['the middle of a file of 5 MiB', 5 * MIB, 3_333_333],
    ['the start of a file of 20 MiB', 20 * MIB, 7],
    ['the middle of a file of 20 MiB', 20 * MIB, 10 * MIB],
    ['the end of a file of 20 MiB', 20 * MIB, 20 * MIB - 3],
  ])('detects a change in %s while it is sent', async (_, size, at) => {
    const test = begin(size);
    expect(await test.prepare()).toBe('same');
    expect(await test.verify()).toBe('same');
    test.overwrite(at, 'new');
    expect(await test.verify()).toBe('file-changed');
  });

  it('reads no byte of a small file that is sent at once', async () => {
    const test = begin(MIB);
    expect([await test.prepare(), await test.verify()]).toEqual(['same', 'same']);
    expect(test.bytesRead()).toBe(0);
  });

  it('reads at most 9 MiB of a large file', async () => {
    const test = begin(64 * MIB);
    expect([await test.prepare(), await test.verify()]).toEqual(['same', 'same']);
    expect(test.bytesRead()).toBeLessThan(9 * MIB);
  });

  it('detects a change of a small file that waited', async () => {
    const test = begin(3_000);
    await recordFingerprint(test.source);
    test.overwrite(1_000, 'new');
    await test.prepare();
    expect(await test.verify()).toBe('file-changed');
  });

  it('detects a change of a small file between two attempts', async () => {
    const test = begin(3_000);
    expect([await test.assertUnchanged(), await test.verify()]).toEqual(['same', 'same']);
    test.overwrite(1_000, 'new');
    expect(await test.assertUnchanged()).toBe('file-changed');
    expect(await test.verify()).toBe('file-changed');
  });

  it('detects a new date without reading the file', async () => {
    const test = begin(3_000);
    test.touch();
    expect(await test.verify()).toBe('file-changed');
    expect(test.bytesRead()).toBe(0);
  });

  it('reports a readable file that the browser refuses to read as changed', async () => {
    const test = begin(2 * MIB);
    await test.prepare();
    await test.verify();
    test.failReads('NotReadableError');
    expect([await test.prepare(), await test.assertUnchanged(), await test.verify()]).toEqual([
      'file-changed',
      'file-changed',
      'file-changed',
    ]);
  });

  it('reports a file that was never readable as unreadable', async () => {
    const test = begin(2 * MIB);
    test.failReads('NotReadableError');
    expect([await test.prepare(), await test.assertUnchanged()]).toEqual([
      'file-unreadable',
      'file-unreadable',
    ]);
  });

  it('reads a file again before it reports it as unreadable', async () => {
    const test = begin(3_000);
    test.failReads('NotReadableError');
    expect(await test.assertUnchanged(() => test.failReads(undefined))).toBe('same');
  });

  it('accepts a file that is deleted after its last byte', async () => {
    const test = begin(2 * MIB);
    await test.prepare();
    await test.verify();
    test.failReads('NotFoundError');
    expect(await test.verify()).toBe('same');
    expect(await test.assertUnchanged()).toBe('file-unreadable');
  });
});

describe('recordFingerprint', () => {
  it.each([0, 3 * MIB, 5 * MIB, 9 * MIB])('returns the stored form for %d bytes', async (size) => {
    const { source } = editableFile('a.bin', size);
    expect(await recordFingerprint(source)).toEqual(await fingerprintOf(source));
  });

  it('rejects for an unreadable file', async () => {
    const { source, failReads } = editableFile('a.bin', 10);
    failReads('NotFoundError');
    await expect(recordFingerprint(source)).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
