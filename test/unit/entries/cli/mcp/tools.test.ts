import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../../../src/engine/engine';
import { openAudit } from '../../../../../src/entries/cli/mcp/audit';
import { createFileNumbers } from '../../../../../src/entries/cli/mcp/file-numbers';
import { createGuardedFiles } from '../../../../../src/entries/cli/mcp/guarded-files';
import type { InsertPicture } from '../../../../../src/entries/cli/mcp/insert-picture';
import { rulesOf } from '../../../../../src/entries/cli/mcp/path-guard';
import { createToolCalls, toolsOf } from '../../../../../src/entries/cli/mcp/tools';
import { sha256 } from '../../../../helpers/cli';
import { createTemporaryFolder } from '../../../../helpers/temporary-folder';

const folder = createTemporaryFolder();
const { signal } = new AbortController();

const RULES = { secrets: 'mask' } as const;
const POLICY = { isRequired: true };
const onPolicyProblem = (): void => undefined;

/** Creates calls with a fake of the insertion. */
async function createCalls(insertPicture: InsertPicture, auditPath?: string) {
  const audited: string[] = [];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'a.png'), 'picture');
  const platform = 'linux';
  const audit = await openAudit({ path: auditPath, print: (line) => audited.push(line), now: () => 0 });
  const calls = createToolCalls(
    toolsOf({ hasFolders: true, canRemove: false, insertPicture }),
    {
      ...{ engine: {} as Engine, numbers: createFileNumbers(), maxBytes: 100, audit, rules: RULES },
      ...{ policy: POLICY, onPolicyProblem },
      files: createGuardedFiles({
        roots: [{ path: folder, real: folder }],
        ...{ rules: rulesOf(platform), platform, maxBytes: 100, types: new Set<string>(), now: Date.now },
      }),
    },
    () => undefined,
  );
  return { ...calls, audited, close: audit.close };
}

const inserted: InsertPicture = () => Promise.resolve({ outcome: 'inserted', isError: false });
const PICTURE = { item: 7, path: 'a.png', field: 'Repro Steps', alt: 'Crash' };

describe('insert_picture', () => {
  it('passes the open file on, and writes a line of the audit', async () => {
    const insert = jest.fn(inserted);
    const { call, audited } = await createCalls(insert);
    const { content } = await call('insert_picture', PICTURE, signal);
    expect(content[0]?.text).toBe('{"name":"a.png","outcome":"inserted"}');
    expect(insert.mock.calls[0]?.[1]).toEqual({
      ...{ workItemId: 7, path: join(folder, 'a.png'), field: 'Repro Steps', alternativeText: 'Crash' },
      ...{ rules: RULES, policy: POLICY, onPolicyProblem },
      openPath: expect.stringMatching(/^\/proc\/self\/fd\/\d+$/) as unknown,
    });
    expect(audited.map((line) => JSON.parse(line) as object)).toEqual([
      {
        ...{ time: '1970-01-01T00:00:00.000Z', tool: 'insert_picture', workItem: 7 },
        ...{
          path: join(folder, 'a.png'),
          name: 'a.png',
          bytes: 7,
          sha256: sha256('picture'),
          outcome: 'inserted',
        },
      },
    ]);
  });

  it('is refused outside of the allowed folders before anything is inserted', async () => {
    const insert = jest.fn(inserted);
    const { call } = await createCalls(insert);
    const { isError } = await call('insert_picture', { ...PICTURE, path: '/etc/hostname' }, signal);
    expect([isError, insert.mock.calls.length]).toEqual([true, 0]);
  });
});

describe('createToolCalls', () => {
  it('runs writes one after the other', async () => {
    const events: string[] = [];
    let number = 0;
    const { call, whenDone } = await createCalls(async () => {
      const own = ++number;
      events.push(`start ${own}`);
      await new Promise(setImmediate);
      events.push(`end ${own}`);
      return { outcome: 'inserted', isError: false };
    });
    void call('insert_picture', PICTURE, signal);
    void call('insert_picture', PICTURE, signal);
    await whenDone();
    expect(events).toEqual(['start 1', 'end 1', 'start 2', 'end 2']);
  });

  it('tells nothing of an unknown error', async () => {
    const { call } = await createCalls(() =>
      Promise.reject(new Error(`ENOSPC /home/me/${'x'.repeat(5_000)}`)),
    );
    const { content } = await call('insert_picture', PICTURE, signal);
    expect(content[0]?.text).toBe('The call failed: an error of this computer.');
  });

  it('refuses every write after the audit log could not be written', async () => {
    const insert = jest.fn(inserted);
    const { call, close } = await createCalls(insert, '/dev/full');
    const [first, second] = [
      await call('insert_picture', PICTURE, signal),
      await call('insert_picture', PICTURE, signal),
    ];
    expect(first.content[0]?.text).toMatch(/^The audit log can't be written\. Call list_files/);
    expect(second.content[0]?.text).toBe("The audit log can't be written.");
    expect(insert).toHaveBeenCalledTimes(1);
    await close();
  });
});
