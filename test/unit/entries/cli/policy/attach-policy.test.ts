import { createCliStage } from '../../../../helpers/cli';
import { githubToken, RandomTexts } from '../../../../helpers/planted-secrets';

const { run, write, emulator, attachedTo } = createCliStage();

/** Project of the work items of the emulator. */
const PROJECT_ID = '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c';

/** Gives the project a policy. */
function setPolicy(policy: object | string): void {
  const text = typeof policy === 'string' ? policy : JSON.stringify({ version: 1, ...policy });
  emulator().store.extensionData.set('Default', 'policies', {
    id: PROJECT_ID,
    __etag: -1,
    text,
    versions: [],
  });
}

/** Starts of the attachments of a work item: their names. */
function namesOn(id: number): string[] {
  return attachedTo(id).map((line) => line.split(' ')[0] ?? '');
}

/** Types and paths of the requests of a command. */
async function requestsOf(command: () => Promise<unknown>): Promise<string[]> {
  const { requests } = emulator();
  const before = requests.records.length;
  await command();
  return requests.records.slice(before).map(({ method, url }) => `${method} ${url.split('?')[0]}`);
}

/** A pixel. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const PNG_OF_EXE = Buffer.from('MZ\u0090\0\u0003');

test.each([
  ['maxBytes', { maxBytes: 3 }, 'a.txt', 'This project allows files up to 3 B. This file has 4 B.'],
  ['maxFiles', { maxFiles: 0 }, 'a.txt', 'This project allows 0 attachments on a work item.'],
  ['block', { block: ['txt'] }, 'a.txt', "This project doesn't allow files of type “txt”."],
  ['allow', { allow: ['png'] }, 'a.txt', "This project doesn't allow files of type “txt”."],
  [
    'block by content',
    { block: ['exe'] },
    'a.png',
    "By its content, this is a file of type “exe”, which this project doesn't allow.",
  ],
  ['requireComment', { requireComment: true }, 'a.txt', 'This project asks for a comment on each file.'],
  ['name', { name: '{id} *' }, 'a.txt', 'This project asks for names such as “{id} *”. Rename the file.'],
])('attach sends no byte of a file that breaks %s', async (_, rules, file, sentence) => {
  write('a.txt', 'aaaa');
  write('a.png', PNG_OF_EXE);
  setPolicy({ ...rules, message: 'Ask Jamal.' });
  const requests = await requestsOf(async () => {
    const { code, err } = await run(['attach', '8', file]);
    expect(code).toBe(4);
    expect(err).toContain(`: not attached. ${sentence} Ask Jamal.`);
  });
  expect(requests.filter((request) => request.startsWith('POST') && /attachments/.test(request))).toEqual([]);
  expect(namesOn(8)).toEqual([]);
});

test('attach obeys a policy from a file, and reads none from the organization then', async () => {
  write('a.txt', 'a');
  write('policy.json', JSON.stringify({ version: 1, block: ['txt'] }));
  const requests = await requestsOf(async () => {
    const { lines } = await run(['attach', '8', 'a.txt', '--policy', 'policy.json', '--json']);
    expect(lines).toMatchObject([
      { type: 'file', outcome: 'failed', reason: 'breaks-policy', explanation: /“txt”/ },
      { type: 'summary', exitCode: 4 },
    ]);
  });
  expect(requests.join()).not.toMatch(/projects|ExtensionManagement/);
});

test('attach --dry-run and plan show a file that breaks the policy as not attached', async () => {
  write('a.txt', 'a');
  setPolicy({ workItemTypes: { Bug: { block: ['txt'] } } });
  for (const command of [
    ['attach', '7,8,9', 'a.txt', '--dry-run'],
    ['plan', '7,8,9', 'a.txt'],
  ]) {
    const { lines } = await run([...command, '--json']);
    for (const id of [7, 8, 9]) {
      const isBug = emulator().store.workItem(id).fields['System.WorkItemType'] === 'Bug';
      expect(lines.find((line) => line['workItemId'] === id)).toMatchObject({
        outcome: isBug ? 'failed' : 'planned',
      });
    }
  }
});

test('attach counts the files on the work item and those of the run for maxFiles', async () => {
  for (const name of ['a', 'b', 'c']) write(`${name}.txt`, name);
  setPolicy({ maxFiles: 2 });
  expect((await run(['attach', '8', 'a.txt'])).code).toBe(0);
  const { code, out, err } = await run(['attach', '8', 'a.txt', 'b.txt', 'c.txt']);
  expect(code).toBe(4);
  expect(out).toMatch(/a\.txt → .*: already attached\n.*b\.txt → .*: attached\n/);
  expect(err).toMatch(/^c\.txt → .*: not attached\. This project allows 2 attachments on a work item\.\n$/);
  expect(namesOn(8)).toEqual(['a.txt', 'b.txt']);
});

test.each([
  ['--comment', ['a.txt', '--comment', 'why']],
  ['#comment', ['a.txt#why']],
])('attach takes %s as the comment that a policy asks for', async (_, args) => {
  write('a.txt', 'a');
  setPolicy({ requireComment: true });
  expect((await run(['attach', '8', ...args])).code).toBe(0);
});

test('attach does not take the folder of a file for the comment that a policy asks for', async () => {
  write('logs/a.txt', 'a');
  setPolicy({ requireComment: true });
  expect((await run(['attach', '8', 'logs'])).code).toBe(4);
});

test('attach uses the stricter rule for secrets of the policy and the option', async () => {
  write('a.txt', `use ${githubToken(new RandomTexts(9))}\n`);
  setPolicy({ secrets: 'block' });
  const { code, err } = await run(['attach', '8', 'a.txt', '--secrets', 'warn']);
  expect(code).toBe(4);
  expect(err).toContain('It has secrets.');
  setPolicy({ secrets: 'off' });
  expect((await run(['attach', '9', 'a.txt', '--secrets', 'block'])).code).toBe(4);
});

test('attach treats duplicates as the policy says, unless an option says otherwise', async () => {
  write('a.txt', 'a');
  await run(['attach', '8', 'a.txt']);
  write('a.txt', 'other');
  setPolicy({ duplicates: 'skip' });
  expect((await run(['attach', '8', 'a.txt'])).out).toContain('skipped');
  expect((await run(['attach', '8', 'a.txt', '--on-duplicate', 'keep'])).out).toContain('as a (2).txt');
});

test('attach costs two more requests for the policy of a project', async () => {
  for (const name of ['a', 'b', 'c']) write(`${name}.txt`, name);
  const requests = await requestsOf(() => run(['attach', '8,9', 'a.txt', 'b.txt', 'c.txt']));
  const ofPolicy = requests.filter((request) => /projects|ExtensionManagement/.test(request));
  expect(ofPolicy).toEqual([
    expect.stringMatching(/^GET .*\/_apis\/projects\/Fabrikam$/),
    expect.stringMatching(
      RegExp(
        `/_apis/ExtensionManagement/InstalledExtensions/stapler/stapler/Data/Scopes/Default/Current/Collections/policies/Documents/${PROJECT_ID}$`,
      ),
    ),
  ]);
});

test('attach says once that it cannot read the policy, and goes on', async () => {
  write('a.txt', 'a');
  emulator().store.assumptions.extensionDataByToken = 'refused';
  const { code, err } = await run(['attach', '8,9', 'a.txt']);
  expect(code).toBe(0);
  expect(err).toBe(
    'The policy of Fabrikam can\'t be read. The token needs the scope "Extension data (read)". The files are not checked against it.\n',
  );
});

test('attach never stops at a policy that it does not understand', async () => {
  write('a.txt', 'a');
  for (const text of ['{', '[]', '{"version":2}', '{"version":1,"maxBytes":"3"}']) {
    setPolicy(text);
    const { code, lines } = await run(['attach', '8', 'a.txt', '--json']);
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ type: 'policy-unread', project: 'Fabrikam', reason: 'invalid' });
  }
});

test('attach --policy-required sends nothing without a readable policy', async () => {
  write('a.txt', 'a');
  setPolicy('{');
  const invalid = await run(['attach', '8', 'a.txt', '--policy-required']);
  expect(invalid.code).toBe(4);
  expect(invalid.err).toMatch(/^The policy of Fabrikam isn't valid\./);
  emulator().store.assumptions.extensionDataByToken = 'refused';
  const requests = await requestsOf(async () => {
    const { code } = await run(['attach', '9', 'a.txt', '--policy-required', '--state', 'other']);
    expect(code).toBe(4);
  });
  expect(requests.filter((request) => !request.startsWith('GET')).join()).not.toMatch(/attachments/);
  expect([namesOn(8), namesOn(9)]).toEqual([[], []]);
});

test('attach --policy-required goes on where the project has no policy', async () => {
  write('a.txt', 'a');
  expect((await run(['attach', '8', 'a.txt', '--policy-required'])).code).toBe(0);
});

test('attach refuses a file that is no policy', async () => {
  write('a.txt', 'a');
  write('policy.json', '{"version":1,"maxBytes":"3"}');
  const { code, err } = await run(['attach', '8', 'a.txt', '--policy', 'policy.json']);
  expect(code).toBe(64);
  expect(err).toContain('policy.json is not a policy.');
});

test('attach knows a file that it attached before the policy refused it', async () => {
  write('a.txt', 'a');
  await run(['attach', '8', 'a.txt']);
  setPolicy({ block: ['txt'] });
  const { code, out } = await run(['attach', '8', 'a.txt']);
  expect([code, out]).toEqual([0, expect.stringContaining('already attached')]);
});

test('insert refuses an image that breaks the policy, and takes its comment', async () => {
  const png = Buffer.from(PNG, 'base64');
  for (const name of ['a.png', 'b.png']) write(name, Buffer.concat([png, Buffer.from(name)]));
  setPolicy({ requireComment: true, maxFiles: 1, metadata: 'keep' });
  const insert = ['insert', '8', '--field', 'Description'];
  const bare = await run([...insert, 'a.png']);
  expect([bare.code, bare.err]).toEqual([
    4,
    'a.png: This project asks for a comment on each file.\nNothing was attached.\n',
  ]);
  expect((await run([...insert, 'a.png#why', '--dry-run'])).code).toBe(0);
  expect((await run([...insert, 'a.png#why'])).code).toBe(0);
  expect(attachedTo(8)).toEqual([expect.stringMatching(/^a\.png .* why$/)]);
  expect((await run([...insert, 'a.png#why'])).out).toContain('already inserted');
  const second = await run([...insert, 'b.png#why']);
  expect([second.code, second.err]).toEqual([
    4,
    expect.stringContaining('allows 1 attachment on a work item.'),
  ]);
});

test('policy check reads the policy of the project', async () => {
  write('a.txt', 'a');
  await run(['attach', '8', 'a.txt']);
  const free = await run(['policy', 'check', '8']);
  expect([free.code, free.err]).toEqual([
    0,
    'Fabrikam has no policy.\n1 file checked: all follow the policy.\n',
  ]);
  setPolicy({ block: ['txt'] });
  const { code, lines } = await run(['policy', 'check', '8', '--json']);
  expect([code, lines]).toEqual([4, [expect.objectContaining({ type: 'policy-break', rule: 'type' })]]);
});

test('policy check fails if it cannot read or understand the policy of the project', async () => {
  setPolicy('{');
  const invalid = await run(['policy', 'check', '8']);
  expect([invalid.code, invalid.err]).toEqual([
    64,
    expect.stringMatching(/^The policy of Fabrikam isn't valid\./),
  ]);
  emulator().store.assumptions.extensionDataByToken = 'refused';
  expect((await run(['policy', 'check', '8'])).code).toBe(3);
});
