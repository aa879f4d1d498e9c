import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation } from 'azure-devops-emulator';
import { isFullRun } from '../../../../tools/full-run.cjs';
import { createCliStage, sha256 } from '../../../helpers/cli';
import { samplePng } from '../../../helpers/sample-png';

const stage = createCliStage();
const { folder, run, write, attachedTo } = stage;

/** Work items without attachments, and one that no command names. */
const [ITEM, OTHER, BYSTANDER] = [8, 9, 12];
const PICTURE = samplePng(4, 4);
const DESCRIPTION = 'System.Description';
const MIB = 1024 * 1024;

const SMALL = { 'a.txt': 'a', 'b.txt': 'b' };

/** A command in the face of a fault. */
interface Story {
  readonly command: readonly string[];
  readonly prepare?: () => void;
  /** Requests that may fail. */
  readonly operations: readonly Operation[];
  /** Attachments of each work item in the end: name and content. */
  readonly expected: Readonly<Record<number, Readonly<Record<string, string | Buffer>>>>;
  readonly check?: () => void;
}

const STORIES: Readonly<Record<string, Story>> = {
  'attach to one work item': {
    command: ['attach', `${ITEM}`, 'in/a.txt', 'in/b.txt'],
    operations: ['simple', 'link', 'read'],
    expected: { [ITEM]: SMALL },
  },
  'attach to two work items': {
    command: ['attach', `${ITEM},${OTHER}`, 'in/a.txt', 'in/b.txt'],
    operations: ['simple', 'batch'],
    expected: { [ITEM]: SMALL, [OTHER]: SMALL },
  },
  'attach a list': {
    command: ['attach', '--manifest', 'list.csv'],
    prepare: () => write('list.csv', `Work item,File\n${ITEM},in/a.txt\n${OTHER},in/b.txt\n`),
    operations: ['simple', 'batch'],
    expected: { [ITEM]: { 'a.txt': 'a' }, [OTHER]: { 'b.txt': 'b' } },
  },
  'insert into a field': {
    command: ['insert', `${ITEM}`, '--field', 'Description', 'in/shot.png'],
    operations: ['simple', 'link', 'read'],
    expected: { [ITEM]: { 'shot.png': PICTURE } },
    check: () => expect(imagesIn(textOf(ITEM))).toBe(1),
  },
  'insert into a comment': {
    command: ['insert', `${ITEM}`, '--comment', 'in/shot.png'],
    operations: ['simple', 'link'],
    expected: { [ITEM]: { 'shot.png': PICTURE } },
    check: () => {
      const { comments } = stage.emulator().store.workItem(ITEM);
      expect(comments.reduce((sum, { text }) => sum + imagesIn(text), 0)).toBe(1);
    },
  },
  restore: {
    command: ['restore', `${ITEM}`, '--all'],
    prepare: attachAndRemove,
    operations: ['download', 'link', 'read'],
    expected: { [ITEM]: SMALL },
  },
  'restore as a copy': {
    command: ['restore', `${ITEM}`, '--all', '--as-copy'],
    prepare: attachAndRemove,
    operations: ['download', 'simple', 'link'],
    expected: { [ITEM]: SMALL },
  },
  get: {
    command: ['get', `${ITEM}`, '--out', 'out'],
    prepare: attachNow,
    operations: ['download', 'read'],
    expected: { [ITEM]: SMALL },
    check: () => expect(savedIn('out')).toEqual(SMALL),
  },
  export: {
    command: ['export', `${ITEM}`, '--out', 'out', '--flat'],
    prepare: attachNow,
    operations: ['download', 'read'],
    expected: { [ITEM]: SMALL },
    check: () => expect(savedIn('out')).toMatchObject({ '8 a.txt': 'a', '8 b.txt': 'b' }),
  },
};

/** Faults that pass: the same process goes on. Those of reads may also concern the first request of a command. */
const PASSING = ['dropped-during', 'status-429', 'status-500', 'status-502', 'status-503', 'status-504'];
/** The server has done the work, and the client cannot know. */
const LOST = ['answer-lost', 'truncated-json', 'done-but-500'];
/** 401 and the sign-in page. */
const SIGNED_OUT = ['token-expired', 'signed-out'];

/** Faults by the requests that they affect. */
const FAULTS: Readonly<Partial<Record<Operation, readonly string[]>>> = {
  simple: [...PASSING, ...LOST, ...SIGNED_OUT],
  link: [...PASSING, ...LOST, ...SIGNED_OUT, 'link-conflict', 'edited-meanwhile', 'edited-inside'],
  batch: [...PASSING, ...LOST, ...SIGNED_OUT],
  read: [...PASSING, ...SIGNED_OUT],
  download: [...PASSING, ...SIGNED_OUT],
};

/** Its wait takes three seconds: beside the full run, one story for each kind of request. */
const SLOW = 'status-429';
const SLOW_STORIES = ['attach to one work item', 'attach to two work items', 'get'];

/** Beside the full run, each fault meets each kind of request in every third story. */
const CASES = Object.entries(STORIES).flatMap(([name, { operations }], story) =>
  operations.flatMap((at) =>
    (FAULTS[at] ?? [])
      .filter(
        (fault, index) => isFullRun || (fault === SLOW ? isSlowCase(name, at) : (story + index) % 3 === 0),
      )
      .map((fault) => [name, fault, at] as const),
  ),
);

function isSlowCase(name: string, at: Operation): boolean {
  return SLOW_STORIES.includes(name) && STORIES[name]?.operations[at === 'batch' ? 1 : 0] === at;
}

beforeEach(() => {
  for (const [name, content] of Object.entries({ ...SMALL, 'shot.png': PICTURE }))
    write(`in/${name}`, content);
  // What this computer knows of attachments, and the files of the case before.
  for (const each of ['out', 'state']) rmSync(join(folder, each), { recursive: true, force: true });
});

function attachNow(): void {
  const files = Object.entries(SMALL).map(([name, content]) => ({ name, content: Buffer.from(content) }));
  stage.emulator().store.attach(ITEM, files);
}

function attachAndRemove(): void {
  attachNow();
  const { store } = stage.emulator();
  store.save({ ...store.workItem(ITEM), relations: [] });
}

function textOf(id: number): string {
  const text = stage.emulator().store.workItem(id).fields[DESCRIPTION];
  return typeof text === 'string' ? text : '';
}

function imagesIn(text: string): number {
  return text.match(/_apis\/wit\/attachments\//g)?.length ?? 0;
}

function savedIn(path: string): Readonly<Record<string, string>> {
  const entries = readdirSync(join(folder, path), { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map(({ name }) => [name, readFileSync(join(folder, path, name), 'utf8')]),
  );
}

/** Each relation exactly once, with the right bytes, on the right work item. */
function checkServer({ expected, check }: Pick<Story, 'expected' | 'check'>): void {
  for (const id of [ITEM, OTHER, BYSTANDER])
    expect([id, attachedTo(id).sort()]).toEqual([
      id,
      Object.entries(expected[id] ?? {}).map(([name, content]) => `${name} ${sha256(content)}`),
    ]);
  check?.();
}

test.each(CASES)(
  '%s is right in the end in spite of %s at a request of the kind %s',
  async (name, fault, at) => {
    const { command, prepare, ...story } = STORIES[name] as Story;
    prepare?.();
    const emulator = stage.emulator();
    emulator.setNetwork({ faults: [{ name: fault, remaining: 1, at }] });
    const { code, err } = await run(command);
    expect(emulator.requests.records.filter((record) => record.fault !== null)).toHaveLength(1);
    if (SIGNED_OUT.includes(fault) && code !== 0) {
      expect([code, err]).toEqual([3, expect.stringContaining('token')]);
      expect((await run(command)).code).toBe(0);
    } else expect([code, err]).toEqual([0, '']);
    checkServer(story);
  },
);

test.each(['attach to one work item', 'attach to two work items', 'restore'])(
  '%s explains a work item that is filled meanwhile, and changes nothing else',
  async (name) => {
    const { command, prepare, operations } = STORIES[name] as Story;
    prepare?.();
    const { store } = stage.emulator();
    const at = operations.includes('batch') ? 'batch' : 'link';
    stage.emulator().interfere(at, () => store.fill(ITEM, 100));
    const { code, err } = await run(command);
    expect([code, err]).toEqual([4, expect.stringContaining('full')]);
    expect(attachedTo(ITEM).filter((each) => /^[ab]\.txt/.test(each))).toEqual([]);
    expect(attachedTo(BYSTANDER)).toEqual([]);
  },
);

test.each([
  ['answer-lost', 'middle-chunk'],
  ['dropped-during', 'last-chunk'],
  ...(isFullRun
    ? ([
        ['answer-lost', 'first-chunk'],
        ['status-503', 'middle-chunk'],
        ['answer-lost', 'last-chunk'],
      ] as const)
    : []),
] as const)('attach sends a large file in chunks in spite of %s at its %s', async (fault, at) => {
  const content = Buffer.alloc(49 * MIB, 'large\0');
  write('in/large.bin', content);
  stage.emulator().setNetwork({ faults: [{ name: fault, remaining: 1, at }] });
  const { code, err } = await run(['attach', `${ITEM}`, 'in/large.bin']);
  expect([code, err]).toEqual([0, '']);
  expect(stage.emulator().requests.records.filter((record) => record.fault !== null)).toHaveLength(1);
  checkServer({ expected: { [ITEM]: { 'large.bin': content } } });
});
