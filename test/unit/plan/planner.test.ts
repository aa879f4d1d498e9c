import { DEFAULT_PATTERN } from '../../../src/plan/pattern';
import type { FileEdits, Plan, PlanInput, PlannedAction } from '../../../src/plan/plan';
import { planOf } from '../../../src/plan/planner';
import { attached, attachedMany, manifestRow, pattern, planFile, planInput, planItem } from './inputs';

const ATTACH: PlannedAction = { kind: 'attach' };
const ALREADY_THERE: PlannedAction = { kind: 'skip', reason: 'already-there' };
const SAME_CONTENT: PlannedAction = { kind: 'skip', reason: 'same-content' };
const FULL: PlannedAction = { kind: 'blocked', problem: { kind: 'attachment-limit', limitCount: 100 } };

function edits(all: Record<string, FileEdits>): PlanInput['edits'] {
  return new Map(Object.entries(all));
}

/** `file → work item` for each pair. */
function arrows({ pairs }: Plan): string[] {
  return pairs.map(({ fileId, workItemId }) => `${fileId} → ${workItemId}`);
}

function fates({ pairs }: Plan): PlannedAction[] {
  return pairs.map(({ fate }) => fate);
}

function names({ pairs }: Plan): string[] {
  return pairs.map(({ name }) => name);
}

function policy(all: PlanInput['duplicates']['all']): Pick<PlanInput, 'duplicates'> {
  return { duplicates: { all, ofItems: new Map() } };
}

const A = planFile('a.png');
const B = planFile('b.png');
const [SEVEN, EIGHT] = [planItem(7), planItem(8)];

describe('files find their work items', () => {
  test('every file every one, in the order of the files', () => {
    const plan = planOf(planInput({ files: [B, A], items: [EIGHT, SEVEN] }));
    expect(arrows(plan)).toEqual(['b.png → 8', 'b.png → 7', 'a.png → 8', 'a.png → 7']);
    expect(plan).toMatchObject({ unmatched: [], unusedRows: [] });
  });

  test('by the number in a name or a folder, or it is told why not', () => {
    const files = ['7.png', '8/a.png', 'a.png', '9.png', '9/8.png'].map((path) => planFile(path));
    const mapping = { kind: 'by-name', pattern: pattern('{id}*') } as const;
    const plan = planOf(planInput({ files, items: [SEVEN, EIGHT], mapping }));
    expect(arrows(plan)).toEqual(['7.png → 7', '8/a.png → 8', '9/8.png → 8']);
    expect(plan.unmatched).toEqual([
      { fileId: 'a.png', reason: { kind: 'no-number' } },
      { fileId: '9.png', reason: { kind: 'not-listed', workItemIds: [9] } },
    ]);
  });

  test('by a manifest, with its names and comments', () => {
    const rows = [
      manifestRow([8, 7], 'a.png', { name: 'A of it.png', comment: 'from the row' }),
      manifestRow([9], 'b.png'),
      manifestRow([7], 'gone.png'),
    ];
    const files = [A, B, planFile('c.png')];
    const mapping = { kind: 'manifest', rows } as const;
    const plan = planOf(planInput({ files, items: [SEVEN, EIGHT], mapping, comment: 'for all' }));
    expect(plan.pairs).toEqual([
      { fileId: 'a.png', workItemId: 8, name: 'A of it.png', comment: 'from the row', fate: ATTACH },
      { fileId: 'a.png', workItemId: 7, name: 'A of it.png', comment: 'from the row', fate: ATTACH },
    ]);
    expect(plan.unmatched).toEqual([
      { fileId: 'b.png', reason: { kind: 'not-listed', workItemIds: [9] } },
      { fileId: 'c.png', reason: { kind: 'no-row' } },
    ]);
    expect(plan.unusedRows).toEqual([{ row: rows[2], candidates: [] }]);
  });

  test('all that are listed, and it is told which others a row names', () => {
    const mapping = { kind: 'manifest', rows: [manifestRow([7, 9], 'a.png')] } as const;
    const plan = planOf(planInput({ files: [A], items: [SEVEN], mapping }));
    expect(arrows(plan)).toEqual(['a.png → 7']);
    expect(plan.unmatched).toEqual([{ fileId: 'a.png', reason: { kind: 'not-listed', workItemIds: [9] } }]);
  });

  test('by hand, whatever the mapping says', () => {
    const mapping = { kind: 'by-name', pattern: pattern('{id}*') } as const;
    const files = [planFile('7.png'), A, B];
    const byHand = edits({ '7.png': { workItemIds: [8, 8] }, 'a.png': { workItemIds: [9, 0, 1.5] } });
    const plan = planOf(planInput({ files, items: [SEVEN, EIGHT], mapping, edits: byHand }));
    expect(arrows(plan)).toEqual(['7.png → 8']);
    expect(plan.unmatched).toEqual([
      { fileId: 'a.png', reason: { kind: 'not-listed', workItemIds: [9] } },
      { fileId: 'b.png', reason: { kind: 'no-number' } },
    ]);
  });

  test.each<[string, FileEdits]>([
    ['that a person left out', { isExcluded: true }],
    ['that a person took from all work items', { workItemIds: [] }],
  ])('but not those %s', (_, edit) => {
    const mapping = { kind: 'by-name', pattern: pattern('{id}*') } as const;
    for (const facts of [{}, { mapping }])
      expect(
        planOf(planInput({ files: [A], items: [SEVEN], edits: edits({ 'a.png': edit }), ...facts })),
      ).toEqual({ pairs: [], unmatched: [], unusedRows: [] });
  });

  test('once, also where a work item is listed twice or two rows say so', () => {
    const rows = [
      manifestRow([7], '*.png', { name: 'first' }),
      manifestRow([7], 'a.png', { name: 'second' }),
    ];
    const plan = planOf(
      planInput({ files: [A], items: [SEVEN, SEVEN], mapping: { kind: 'manifest', rows } }),
    );
    expect(plan.pairs).toMatchObject([{ workItemId: 7, name: 'first' }]);
  });
});

describe('names and comments', () => {
  test('are those of a person before those of a row before those of all', () => {
    const rows = [manifestRow([7], '*', { name: 'row.png', comment: 'row' })];
    const facts = { items: [SEVEN], mapping: { kind: 'manifest', rows } as const, comment: 'all' };
    const of = (edit: FileEdits): object => ({ files: [A], edits: edits({ 'a.png': edit }), ...facts });
    const first = (edit: FileEdits): object | undefined => planOf(planInput(of(edit))).pairs[0];
    expect(first({ name: 'hand.png', comment: 'hand' })).toMatchObject({ name: 'hand.png', comment: 'hand' });
    expect(first({ comment: '' })).toMatchObject({ name: 'row.png', comment: '' });
    expect(first({ name: ' ' })).toMatchObject({ name: 'row.png', comment: 'row' });
    expect(planOf(planInput({ ...of({}), mapping: { kind: 'all' } })).pairs).toMatchObject([
      { name: 'a.png', comment: 'all' },
    ]);
  });

  test('of the row stay where a person adds a work item', () => {
    const rows = [manifestRow([7], 'a.png', { name: 'row.png', comment: 'row' })];
    const byHand = edits({ 'a.png': { workItemIds: [7, 8] } });
    const mapping = { kind: 'manifest', rows } as const;
    const plan = planOf(planInput({ files: [A], items: [SEVEN, EIGHT], mapping, edits: byHand }));
    expect(plan.pairs).toMatchObject([
      { workItemId: 7, name: 'row.png', comment: 'row' },
      { workItemId: 8, name: 'a.png', comment: '' },
    ]);
  });

  test('that were typed become such as an attachment can have', () => {
    const typed = edits({ 'a.png': { name: 'x/y\u0000.png' }, 'b.png': { name: 'z'.repeat(300) + '.png' } });
    const plan = planOf(planInput({ files: [A, B], items: [SEVEN], edits: typed }));
    expect(names(plan)).toEqual(['y_.png', 'z'.repeat(251) + '.png']);
  });

  test('tell the folder of a file where nothing else is said', () => {
    const files = [planFile('logs/night/a.txt'), planFile('b.txt')];
    const commentsOf = (facts: Partial<PlanInput>): string[] =>
      planOf(planInput({ files, items: [SEVEN], ...facts })).pairs.map(({ comment }) => comment);
    expect(commentsOf({})).toEqual(['logs/night', '']);
    expect(commentsOf({ comment: 'all' })).toEqual(['all', 'all']);
    expect(commentsOf({ edits: edits({ 'logs/night/a.txt': { comment: 'hand' } }) })).toEqual(['hand', '']);
  });

  test('do not tell a folder that says where its files go', () => {
    const files = [planFile('7/a.txt')];
    const mapping = { kind: 'by-name', pattern: pattern(DEFAULT_PATTERN) } as const;
    expect(planOf(planInput({ files, items: [SEVEN], mapping })).pairs).toMatchObject([{ comment: '' }]);
  });

  test('that are too long for a comment keep the file from being attached', () => {
    const typed = edits({ 'a.png': { comment: 'x'.repeat(256) }, 'b.png': { comment: 'x'.repeat(255) } });
    const plan = planOf(planInput({ files: [A, B], items: [SEVEN], edits: typed }));
    expect(fates(plan)).toEqual([{ kind: 'blocked', problem: { kind: 'comment-too-long' } }, ATTACH]);
  });
});

describe('two files of one name', () => {
  const [first, second, third] = ['x/a.png', 'y/A.PNG', 'z/a.png'].map((path) => planFile(path));

  test('get numbers, whatever their case; what is called so by itself keeps its name', () => {
    const files = [first!, second!, third!, planFile('a (2).png')];
    expect(names(planOf(planInput({ files, items: [SEVEN] })))).toEqual([
      'a.png',
      'A (3).PNG',
      'a (4).png',
      'a (2).png',
    ]);
  });

  test('keep it on different work items', () => {
    const mapping = { kind: 'manifest', rows: [manifestRow([7], 'x/*'), manifestRow([8], 'z/*')] } as const;
    const plan = planOf(planInput({ files: [first!, third!], items: [SEVEN, EIGHT], mapping }));
    expect(names(plan)).toEqual(['a.png', 'a.png']);
  });

  test.each([
    ['without a name before the dot', '.gitignore', '.gitignore (2)'],
    ['without an extension', 'README', 'README (2)'],
    ['with two extensions', 'a.tar.gz', 'a.tar (2).gz'],
    ['that is as long as one can be', 'x'.repeat(251) + '.png', 'x'.repeat(247) + ' (2).png'],
    ['that would be cut within a character', '🧨'.repeat(127), '🧨'.repeat(125) + ' (2)'],
  ])('%s', (_, name, expected) => {
    const files = ['x', 'y'].map((folder) => planFile(`${folder}/${name}`));
    expect(names(planOf(planInput({ files, items: [SEVEN] })))).toEqual([name, expected]);
  });

  test('leave it to the next where they are not attached', () => {
    const typed = edits({ 'x/a.png': { comment: 'x'.repeat(256) } });
    const plan = planOf(planInput({ files: [first!, third!], items: [SEVEN], edits: typed }));
    expect(names(plan)).toEqual(['a.png', 'a.png']);
  });
});

describe('files of the same bytes', () => {
  const copies = [planFile('a.png', { contentKey: 'k' }), planFile('copy.png', { contentKey: 'k' })];

  test('go to a work item once', () => {
    const plan = planOf(planInput({ files: [...copies, B], items: [SEVEN, EIGHT] }));
    expect(fates(plan)).toEqual([ATTACH, ATTACH, SAME_CONTENT, SAME_CONTENT, ATTACH, ATTACH]);
  });

  test('go to a work item twice where a person wants both', () => {
    const duplicates = { all: 'skip', ofItems: new Map([[8, 'keep-both' as const]]) } as const;
    const plan = planOf(planInput({ files: copies, items: [SEVEN, EIGHT], duplicates }));
    expect(fates(plan)).toEqual([ATTACH, ATTACH, SAME_CONTENT, ATTACH]);
  });

  test('go to different work items', () => {
    const mapping = {
      kind: 'manifest',
      rows: [manifestRow([7], 'a.png'), manifestRow([8], 'copy.png')],
    } as const;
    expect(fates(planOf(planInput({ files: copies, items: [SEVEN, EIGHT], mapping })))).toEqual([
      ATTACH,
      ATTACH,
    ]);
  });
});

describe('a file whose name is on the work item already', () => {
  const item = planItem(7, {
    attachments: [attached('A.PNG', 5), attached('a.png', 100), attached('c.png')],
  });
  const facts = { files: [A, B], items: [item] };

  test('is skipped where its size is the same', () => {
    expect(fates(planOf(planInput({ ...facts, ...policy('skip') })))).toEqual([ALREADY_THERE, ATTACH]);
    const other = planFile('a.png', { size: 6 });
    expect(fates(planOf(planInput({ ...facts, files: [other] })))).toEqual([ATTACH]);
  });

  test('is attached beside it', () => {
    expect(fates(planOf(planInput({ ...facts, ...policy('keep-both') })))).toEqual([ATTACH, ATTACH]);
  });

  test('replaces all of its name, whatever their size', () => {
    expect(fates(planOf(planInput({ ...facts, ...policy('replace') })))).toEqual([
      { kind: 'replace', attachmentIds: ['of A.PNG, 5 B', 'of a.png, 100 B'] },
      ATTACH,
    ]);
  });

  test('is told by the name that it gets', () => {
    const typed = edits({ 'b.png': { name: 'a.png' }, 'a.png': { name: 'd.png' } });
    expect(fates(planOf(planInput({ ...facts, edits: typed })))).toEqual([ATTACH, ALREADY_THERE]);
  });

  test('is treated as its work item wants it', () => {
    const items = [item, planItem(8, { attachments: [attached('a.png')] })];
    const duplicates = { all: 'keep-both', ofItems: new Map([[8, 'skip' as const]]) } as const;
    expect(fates(planOf(planInput({ files: [A], items, duplicates })))).toEqual([ATTACH, ALREADY_THERE]);
  });
});

describe('a work item', () => {
  test('to which nothing can be attached, blocks all its files for its reason', () => {
    const items = [planItem(7, { problem: { kind: 'work-item-missing', status: 404 } }), EIGHT];
    expect(fates(planOf(planInput({ files: [A], items })))).toEqual([
      { kind: 'blocked', problem: { kind: 'work-item-missing', status: 404 } },
      ATTACH,
    ]);
  });

  test('takes as many as it has room for, the first ones', () => {
    const items = [planItem(7, { attachments: attachedMany(99) }), EIGHT];
    expect(fates(planOf(planInput({ files: [A, B], items })))).toEqual([ATTACH, ATTACH, FULL, ATTACH]);
  });

  test('has room for others where files are skipped', () => {
    const items = [planItem(7, { attachments: [...attachedMany(98), attached('a.png')] })];
    expect(fates(planOf(planInput({ files: [A, B], items })))).toEqual([ALREADY_THERE, ATTACH]);
  });

  test('has no room for what replaces something where it is full: the old one goes last', () => {
    const twice = [attached('b.png', 1), attached('b.png', 2)];
    const items = [planItem(7, { attachments: [...attachedMany(97), ...twice] })];
    const files = [B, A];
    const ids = twice.map(({ attachmentId }) => attachmentId);
    expect(fates(planOf(planInput({ files, items, ...policy('replace') })))).toEqual([
      { kind: 'replace', attachmentIds: ids },
      FULL,
    ]);
  });

  test('takes no more links than a refusal has told', () => {
    const items = [planItem(7, { relationCount: 999, attachments: attachedMany(3) }), planItem(8)];
    const plan = planOf(planInput({ files: [A, B], items, linkLimit: 1000 }));
    expect(fates(plan)).toEqual([
      ATTACH,
      ATTACH,
      { kind: 'blocked', problem: { kind: 'link-limit', limitCount: 1000 } },
      ATTACH,
    ]);
  });

  test('with more than it should have takes nothing, not even in place of something', () => {
    const items = [planItem(7, { attachments: [...attachedMany(100), attached('a.png')] })];
    expect(fates(planOf(planInput({ files: [A, B], items, ...policy('replace') })))).toEqual([FULL, FULL]);
  });
});

test.each(['skip', 'keep-both', 'replace'] as const)(
  'what was attached by the plan before is left alone where it still is, whatever the policy (%s)',
  (all) => {
    const there = { ...attached('a.txt', 999), attachmentId: 'of the last run' };
    const plan = planOf(
      planInput({
        files: [planFile('a.txt')],
        items: [planItem(7, { attachments: [there] }), planItem(8)],
        duplicates: { all, ofItems: new Map() },
        attached: new Map([7, 8].map((id) => [id, new Map([['a.txt', 'of the last run']])])),
      }),
    );
    expect(plan.pairs.map(({ workItemId, fate }) => [workItemId, fate])).toEqual([
      [7, { kind: 'skip', reason: 'already-there' }],
      [8, { kind: 'attach' }],
    ]);
  },
);
