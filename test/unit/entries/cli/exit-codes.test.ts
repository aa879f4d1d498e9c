import { exitCodeOf } from '../../../../src/entries/cli/exit-codes';
import { createCliStage } from '../../../helpers/cli';

const stage = createCliStage();
const { run, runBare, write, attachedTo } = stage;

beforeEach(() => {
  write('a.png', 'picture');
  write('b.log', 'log');
});

describe('exit code', () => {
  test('0: all files are attached', async () => {
    expect((await run(['attach', '8', 'a.png'])).code).toBe(0);
  });

  test('2: some files failed', async () => {
    const { code, out, err } = await run(['attach', '8,4711', 'a.png']);
    expect(code).toBe(2);
    expect(err).toContain("a.png → Work item 4711: not attached. This work item doesn't exist");
    expect(out).toContain('1 file: 1 attached, 1 failed.');
    expect(attachedTo(8)).toHaveLength(1);
  });

  test('2: a file is missing, and nothing is sent', async () => {
    const { code, err } = await run(['attach', '8', 'a.png', 'missing.png']);
    expect([code, err]).toEqual([2, 'There is no file or folder "missing.png".\n']);
    expect(attachedTo(8)).toEqual([]);
  });

  test('2: the same command runs already, and nothing is attached twice', async () => {
    const emulator = stage.emulator();
    emulator.setNetwork({ latencyMs: 200 });
    const [one, other] = await Promise.all([run(['attach', '8', 'a.png']), run(['attach', '8', 'a.png'])]);
    expect([one.code, other.code].sort()).toEqual([0, 2]);
    expect(one.err + other.err).toMatch(
      /^The same command runs already, in process \d+ on .*\.\nWait for its end\./,
    );
    expect(attachedTo(8)).toHaveLength(1);
  });

  test('3: the token is not accepted', async () => {
    const { code, err } = await run(['attach', '8', 'a.png'], { env: { AZURE_DEVOPS_EXT_PAT: 'wrong' } });
    expect(code).toBe(3);
    expect(err).toContain('Azure DevOps did not accept the token.');
  });

  test('3: the work item is read-only', async () => {
    const { store } = stage.emulator();
    const [id = 0] = store.readOnlyWorkItemIds;
    const { code, err } = await run(['attach', String(id), 'a.png']);
    expect(code).toBe(3);
    expect(err).toContain("You don't have permission to edit this work item.");
  });

  test('4: a file is too large', async () => {
    stage.emulator().store.limits.maxAttachmentBytes = 5;
    const { code, err } = await run(['attach', '8', 'a.png', 'b.log']);
    expect(code).toBe(4);
    expect(err).toMatch(/a\.png → .* 8: not attached\. This file is (larger|too large)/);
    expect(attachedTo(8)).toHaveLength(1);
  });

  test('4: the work item is full, and nothing is sent', async () => {
    const { store, requests } = stage.emulator();
    store.fill(8, 100);
    const seen = requests.records.length;
    const { code, err } = await run(['attach', '8', 'a.png']);
    expect(code).toBe(4);
    expect(err).toContain('This work item is full (100 attachments).');
    expect(requests.records.slice(seen).filter(({ url }) => url.includes('/attachments'))).toEqual([]);
  });

  test('5: there is no server', async () => {
    const organization = 'http://127.0.0.1:9/nowhere';
    const { code, err } = await runBare(['attach', '8', 'a.png', '--organization', organization], {
      env: { AZURE_DEVOPS_EXT_PAT: 'pat' },
    });
    expect(code).toBe(5);
    expect(err).toContain("Can't reach Azure DevOps.");
  });

  test('5: the server is gone for too long, and the same command continues', async () => {
    const emulator = stage.emulator();
    for (const index of [1, 2, 3, 4, 5]) write(`many/${index}.txt`, `${index}`);
    emulator.setNetwork({ faults: [{ name: 'dropped-before', remaining: null, at: 'simple' }] });
    const { code } = await run(['attach', '8', 'many']);
    expect(code).toBe(5);
    emulator.setNetwork({ faults: [] });
    expect((await run(['attach', '8', 'many'])).code).toBe(0);
    expect(attachedTo(8)).toHaveLength(5);
  });

  test.each([
    [['attach']],
    [['attach', '8']],
    [['attach', 'eight', 'a.png']],
    [['attach', '8', 'a.png', '--on-duplicate', 'burn']],
    [['attach', '8', 'a.png', '--nonsense']],
    [['attach', '--query', 'not a query', 'a.png']],
    [['attach', '--query', 'x', '--manifest', 'y']],
    [['attach', 'https://dev.azure.com/other/_workitems/edit/8', 'a.png']],
    [['list']],
    [['nonsense']],
  ])('64: wrong arguments %j', async (args) => {
    const { code, err } = await run(args);
    expect(code).toBe(64);
    expect(err).not.toBe('');
    expect(err).not.toMatch(/at .*\.ts:/);
  });

  test('64: there is no organization', async () => {
    const { code, err } = await runBare(['attach', '8', 'a.png'], { env: { AZURE_DEVOPS_EXT_PAT: 'pat' } });
    expect(code).toBe(64);
    expect(err).toContain('Which organization?');
  });

  test('64: there is no command', async () => {
    expect((await runBare([])).code).toBe(64);
    expect((await runBare(['--help'])).code).toBe(0);
  });

  test('130: the person interrupts, and the same command continues', async () => {
    const emulator = stage.emulator();
    const interruption = new AbortController();
    emulator.interfere('simple', () => interruption.abort());
    const { code, err } = await run(['attach', '8', 'a.png', 'b.log'], { signal: interruption.signal });
    expect(code).toBe(130);
    expect(err).toContain('Interrupted. Run the same command again to continue.');
    expect((await run(['attach', '8', 'a.png', 'b.log'])).code).toBe(0);
    expect(attachedTo(8)).toHaveLength(2);
  });
});

describe('exitCodeOf', () => {
  test.each([
    [[], 0],
    [['internal'], 1],
    [['work-item-missing'], 2],
    [['no-permission', 'file-too-large'], 2],
    [['signed-out', 'no-permission'], 3],
    [['attachment-limit', 'file-too-large'], 4],
    [['server-busy', 'network'], 5],
  ] as const)('sums %j up as %i', (kinds, code) => {
    expect(exitCodeOf(kinds)).toBe(code);
  });
});

test('the token is in no output', async () => {
  const token = stage.emulator().issueToken();
  const secrets = [token, Buffer.from(`:${token}`).toString('base64')];
  const calls = [
    ['attach', '8', 'a.png', '--json'],
    ['attach', '4711', 'a.png'],
    ['attach', '8', `${token}.png`],
    ['list', token],
    ['list', '8', '--organization', `https://${token}.example/`],
  ];
  for (const call of calls) {
    const { out, err } = await run(call, { env: { AZURE_DEVOPS_EXT_PAT: token } });
    for (const secret of secrets) expect(out + err).not.toContain(secret);
  }
});
