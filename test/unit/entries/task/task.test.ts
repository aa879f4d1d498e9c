import { delimiter } from 'node:path';
import { RandomTexts, githubToken } from '../../../helpers/planted-secrets';
import { createTaskStage } from '../../../helpers/task';

const stage = createTaskStage();
const { write, run, runHere, attachedTo } = stage;

/** Work items without attachments; run 42 is linked to both. */
const ITEM = 8;
const OTHER = 9;

const JUNIT = `<testsuites><testsuite name="shop">
  <testcase name="adds #9" classname="Cart"><system-out>[[ATTACHMENT|good.png]]</system-out></testcase>
  <testcase name="pays AB#9" classname="Checkout"><failure message="no"/>
    <system-out>Opening
[[ATTACHMENT|shots/pays.png]]
[[ATTACHMENT|../../../../../etc/passwd]]
[[ATTACHMENT|shots/gone.png]]</system-out></testcase>
  <testcase name="ships" classname="Checkout"><failure message="no"/>
    <system-out>[[ATTACHMENT|shots/ships.png]]</system-out></testcase>
</testsuite></testsuites>`;

/** This Node and those of `STAPLER_NODES`, paths as in `PATH`: agents have several versions. */
const NODES = [process.execPath, ...(process.env['STAPLER_NODES'] ?? '').split(delimiter)].filter(Boolean);

test.each(NODES)('The task attaches each file once in %s', async (node) => {
  write('out/a.png', 'picture');
  write('out/deep/b.log', 'log');
  write('out/deep/c.tmp', 'no');
  const inputs = {
    workItems: `#${ITEM}`,
    fromRun: 'true',
    files: 'out/**\n!**/*.tmp',
    comment: 'Nightly 50%',
  };
  const { result, exitCode, output, issues } = await run({ inputs, node });
  expect([result, exitCode, issues]).toEqual(['Succeeded', 0, []]);
  expect(output).toContain('##vso[task.complete result=Succeeded;]4 files attached.\n');
  for (const id of [ITEM, OTHER])
    expect(attachedTo(id)).toEqual(['a.png 7 Nightly 50% 📁 out', 'b.log 3 Nightly 50% 📁 out/deep']);
  const again = await run({ inputs, node });
  expect(again.output).toContain(']0 files attached, 4 already there.\n');
  expect(attachedTo(ITEM)).toHaveLength(2);
});

test('The task names secrets in the log, never them, and leaves the file out on request', async () => {
  const token = githubToken(new RandomTexts(2));
  write('out/a.log', `one\nuse ${token}\n`);
  const inputs = { workItems: String(ITEM), files: 'out/*' };
  const blocked = await run({ inputs: { ...inputs, secrets: 'block' } });
  expect(blocked.result).toBe('Failed');
  expect(attachedTo(ITEM)).toEqual([]);
  const warned = await run({ inputs });
  expect(warned.result).toBe('Succeeded');
  expect(warned.issues).toEqual(['warning: out/a.log: 1 secret. They stay in the attachment.']);
  expect(warned.output).toContain(`  line 2, github-token: use ${'*'.repeat(16)}`);
  expect(attachedTo(ITEM)).toEqual(['a.log 49 📁 out']);
  expect(blocked.output + warned.output).not.toContain(token.slice(4));
});

test('The task attaches the files of failed tests to the work items that they name, or else to those of its inputs', async () => {
  write('results/junit.xml', JUNIT);
  write('results/good.png', 'good');
  write('results/shots/pays.png', 'pays');
  write('shots/ships.png', 'ships');
  const { result, issues } = await run({
    inputs: { workItems: String(ITEM), fromTests: 'results/*.xml', comment: 'Nightly' },
  });
  expect(result).toBe('Succeeded');
  expect(attachedTo(ITEM)).toEqual(['ships.png 5 Nightly: Checkout › ships']);
  expect(attachedTo(OTHER)).toEqual(['pays.png 4 Nightly: Checkout › pays AB#9']);
  expect(issues).toEqual([
    'warning: ../../../../../etc/passwd, a file of "pays AB#9", is outside of the folders of the job.',
    'warning: shots/gone.png, a file of "pays AB#9", does not exist.',
  ]);
});

test('The task warns about failed tests without a work item', async () => {
  write('junit.xml', JUNIT);
  write('shots/ships.png', 'ships');
  write('shots/pays.png', 'pays');
  const { issues } = await runHere({ inputs: { fromTests: 'junit.xml' } });
  expect(issues[0]).toMatch(/^warning: 1 failed test with files and without a work item, such as "ships"\./);
  expect(attachedTo(OTHER)).toHaveLength(1);
});

test('The task counts a file for a full work item as its inputs tell', async () => {
  for (let index = 0; index < 99; index++) write(`full/${index}.txt`, `${index}`);
  await runHere({ inputs: { workItems: String(ITEM), files: 'full' } });
  write('more/x.txt', 'x');
  write('more/y.txt', 'y');
  const cases = [
    ['fail', 'any', 'Failed', 'error'],
    ['fail', 'all', 'SucceededWithIssues', 'error'],
    ['skip', 'any', 'SucceededWithIssues', 'warning'],
  ];
  for (const [onLimit = '', failOn = '', expected, type] of cases) {
    const inputs = { workItems: String(ITEM), files: 'more', onLimit, failOn };
    const { result, issues } = await runHere({ inputs });
    expect(result).toBe(expected);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(new RegExp(`^${type}: more/y\\.txt → .* 8: not attached\\. .*100`));
  }
  expect(attachedTo(ITEM)).toHaveLength(100);
});

test('The task names the identity and the page of the missing permission', async () => {
  stage.emulator().store.readOnlyIds.add(ITEM);
  write('a.png', 'picture');
  const { result, issues } = await runHere({ inputs: { workItems: String(ITEM), files: 'a.png' } });
  expect(result).toBe('Failed');
  const text = issues.join('\n');
  expect(text).toContain('The job runs as "Jamal Hartnett"');
  expect(text).toContain('"Edit work items in this node" to Allow');
  expect(text).toContain(`${stage.emulator().restBaseUrl}Fabrikam/_settings/work`);
  expect(text).toContain('Limit job authorization scope');
});

test('The task names the identity if it may not upload', async () => {
  stage.emulator().setNetwork({ faults: [{ name: 'status-403', remaining: null, at: 'simple' }] });
  write('a.png', 'picture');
  const { result, issues } = await runHere({ inputs: { workItems: String(ITEM), files: 'a.png' } });
  expect(result).toBe('Failed');
  expect(issues.at(-1)).toContain('The job runs as "Jamal Hartnett"');
});

test.each([
  ['any', 'Failed'],
  ['never', 'SucceededWithIssues'],
])(
  'The task with failOn %s and a refused token ends as %s, and never prints the token',
  async (failOn, expected) => {
    write('a.png', 'picture');
    const token = 'eyJhbGciOi.c2VjcmV0.c2lnbmF0dXJl';
    const { result, output } = await run({
      inputs: { workItems: String(ITEM), files: 'a.png', failOn, comment: token },
      env: { SYSTEM_ACCESSTOKEN: token },
    });
    expect(result).toBe(expected);
    expect(output).not.toContain('c2VjcmV0');
  },
);

test('The task prefers a mapped token, and ignores a variable without a value', async () => {
  write('a.png', 'picture');
  const inputs = { workItems: String(ITEM), files: 'a.png' };
  const { result } = await runHere({ inputs, env: { SYSTEM_ACCESSTOKEN: '$(System.AccessToken)' } });
  expect(result).toBe('Succeeded');
  const mapped = await runHere({
    inputs,
    env: {
      SYSTEM_ACCESSTOKEN: stage.emulator().issueToken(),
      ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN: 'other',
    },
  });
  expect(mapped.result).toBe('Succeeded');
});

test('A hostile file name gives no commands to the agent', async () => {
  const names = [
    '##vso[task.setvariable variable=x]y.txt',
    'a\u0007###vso[task.complete result=Failed;]b.txt',
    '##[error]c.txt',
  ];
  for (const name of names) write(`out/${name}`, name);
  const { result, output } = await run({ inputs: { workItems: String(ITEM), files: 'out' } });
  expect(result).toBe('Succeeded');
  expect(output.split('\n').filter((line) => line.includes('##'))).toEqual([
    '##vso[task.complete result=Succeeded;]3 files attached.',
  ]);
  expect(attachedTo(ITEM)).toHaveLength(3);
});

test.each([
  [{ workItems: '8' }, 'Which files? Set the input "files" or "fromTests".'],
  [{ files: 'a.png' }, 'Which work items? Set the input "workItems", "query" or "fromRun".'],
  [{ files: 'a.png', workItems: 'mine' }, '"mine" is not a work item of '],
  [{ files: 'a.png', query: 'mine' }, '"mine" is not a query.'],
  [
    { files: 'a.png', workItems: '8', failOn: 'some' },
    'The input "failOn" must be one of any, all, never, not "some".',
  ],
])('The task fails for the inputs %j', async (inputs, expected) => {
  write('a.png', 'picture');
  const { result, issues } = await runHere({ inputs });
  expect(result).toBe('Failed');
  expect(issues[0]).toContain(`error: ${expected}`);
});

test('The task fails for a file that is no report of tests', async () => {
  write('report.xml', '<html/>');
  const { result, issues } = await runHere({ inputs: { workItems: '8', fromTests: '*.xml' } });
  expect(result).toBe('Failed');
  expect(issues[0]).toMatch(/report\.xml can't be read as a report of tests\. It is no JUnit XML/);
});

test('The task succeeds without files, reports and linked work items, with warnings', async () => {
  const { result, issues } = await runHere({
    inputs: { fromRun: 'true', files: '*.png', fromTests: '*.trx' },
    env: { BUILD_BUILDID: '43' },
  });
  expect(result).toBe('Succeeded');
  expect(issues).toEqual([
    'warning: There are no work items: the query has no results, or none is linked to this run.',
    'warning: No file matches *.png.',
    'warning: No report matches *.trx.',
  ]);
});

test.each([
  ['SIGINT', 'Canceled'],
  ['SIGKILL', undefined],
] as const)('The task continues after %s, and attaches nothing twice', async (signal, expected) => {
  for (let index = 0; index < 5; index++) write(`out/${index}.txt`, `${index}`);
  const inputs = { workItems: String(ITEM), files: 'out' };
  const emulator = stage.emulator();
  let stop: () => void = () => undefined;
  emulator.interfere('link', () => stop());
  const { result } = await run({ inputs, onStart: (child) => (stop = () => void child.kill(signal)) });
  expect(result).toBe(expected);
  const again = await run({ inputs });
  expect(again.result).toBe('Succeeded');
  expect(attachedTo(ITEM)).toEqual([0, 1, 2, 3, 4].map((index) => `${index}.txt 1 📁 out`));
});

test('The task obeys a policy from the sources, and that of the project', async () => {
  write('out/a.log', 'a');
  write('policy.json', JSON.stringify({ version: 1, block: ['log'] }));
  const inputs = { workItems: String(ITEM), files: 'out/*' };
  const byFile = await run({ inputs: { ...inputs, policy: 'policy.json' } });
  expect([byFile.result, byFile.issues[0]]).toEqual([
    'Failed',
    expect.stringContaining("This project doesn't allow files of type “log”."),
  ]);
  expect(attachedTo(ITEM)).toEqual([]);
  const { store } = stage.emulator();
  store.assumptions.extensionDataByToken = 'refused';
  const required = await run({ inputs: { ...inputs, policyRequired: 'true' } });
  expect([required.result, attachedTo(ITEM)]).toEqual(['Failed', []]);
  const free = await run({ inputs });
  expect([free.result, free.issues]).toEqual(['Succeeded', []]);
  expect(free.output).toContain("The policy of Fabrikam can't be read.");
});
