import type { LinkTarget } from '../../../../src/azure/work-item';
import { checkChoiceIn } from '../../../../src/upload/checks/check-choice';
import type { FileChecksOptions } from '../../../../src/upload/checks/file-checks';
import { createFileChecks } from '../../../../src/upload/checks/file-checks';
import type { Picked } from '../../../../src/upload/intake/intake';
import type { PickedFile } from '../../../../src/upload/upload';
import { flush } from '../../../helpers/deferred';
import { createTestHost } from '../../../helpers/host';
import { createTestQueue, exactly } from '../../../helpers/upload-queue';
import { ITEM_7 } from '../../../helpers/uploads';

/** A file with bytes. */
export function fileOf(name: string, content: Uint8Array | string): PickedFile {
  const source = new File([typeof content === 'string' ? content : new Uint8Array(content)], name, {
    lastModified: 1_000,
  });
  return { name, size: source.size, folder: '', source };
}

/** Returns the bytes of a file as single-byte text. */
export async function textOf({ source }: PickedFile): Promise<string> {
  return Buffer.from(await source.arrayBuffer()).toString('latin1');
}

/** Settles promises, also those of reads and of lazy code. */
export async function settle(isDone: () => boolean): Promise<void> {
  for (let round = 0; round < 20_000 && !isDone(); round++) {
    await flush();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Checks whose files become uploads of a queue. */
export function begin(options: Partial<FileChecksOptions> = {}, settings: Record<string, string> = {}) {
  const test = createTestQueue({ limits: exactly(9) });
  const host = createTestHost();
  host.readSetting.mockImplementation((key) => Promise.resolve(settings[key]));
  const choice = checkChoiceIn(host);
  const checks = createFileChecks({ queue: test.queue, settings: host, runtime: test.runtime, ...options });
  const passed: PickedFile[] = [];
  const refused: string[] = [];
  const batches: number[] = [];

  const pass = (picked: Picked, target: LinkTarget): void => {
    passed.push(...picked.accepted);
    refused.push(...picked.rejected.map(({ name, problem }) => `${name} ${problem.kind}`));
    batches.push(picked.accepted.length);
    const ids = test.queue.add(picked.accepted, target);
    checks.onAdded(new Map(picked.accepted.map((file, index) => [ids[index]!, file])), target);
  };
  const idle = (): boolean => checks.getSnapshot().checking.length === 0;

  return {
    ...{ ...test, host, choice, checks, passed, refused, batches, pass, idle },
    /** Gives files and waits until they are checked. */
    give: async (files: readonly PickedFile[], target: LinkTarget = ITEM_7): Promise<void> => {
      let isPassed = false;
      void checks.check({ accepted: files, rejected: [] }, target, (picked, now) => {
        isPassed = true;
        pass(picked, now);
      });
      const heldBefore = checks.getSnapshot().held.length;
      await settle(() => idle() && (isPassed || checks.getSnapshot().held.length > heldBefore));
    },
    held: () => checks.getSnapshot().held.map(({ file, reason }) => `${file.name} ${reason.kind}`),
    heldIds: () => checks.getSnapshot().held.map(({ id }) => id),
    notes: () => checks.getSnapshot().notes.map(({ name, fact }) => `${name} ${fact.kind}`),
  };
}
