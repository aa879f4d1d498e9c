import { DEFAULT_PATTERN } from '../../../../src/upload/rules/names/pattern';
import type { FileEdits, Plan, PlanInput, PlannedAction } from '../../../../src/bulk/plan/plan';
import { planOf } from '../../../../src/bulk/plan/planner';
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

describe('planOf: assignment', () => {
  test('sends every file to every work item, in file order', () => {
    const plan = planOf(planInput({ files: [B, A], items: [EIGHT, SEVEN] }));
    expect(arrows(plan)).toEqual(['b.png → 8', 'b.png → 7', 'a.png → 8', 'a.png → 7']);
    expect(plan).toMatchObject({ unmatched: [], unusedRows: [] });
  });

  test('uses the number in a name or folder, or returns the reason', () => {
    const files = ['7.png', '8/a.png', 'a.png', '9.png', '9/8.png'].map((path) => planFile(path));
    const mapping = { kind: 'by-name', pattern: pattern('{id}*') } as const;
    const plan = planOf(planInput({ files, items: [SEVEN, EIGHT], mapping }));
    expect(arrows(plan)).toEqual(['7.png → 7', '8/a.png → 8', '9/8.png → 8']);
    expect(plan.unmatched).toEqual([
      { fileId: 'a.png', reason: { kind: 'no-number' } },
      { fileId: '9.png', reason: { kind: 'not-listed', workItemIds: [9] } },
    ]);
  });

  test('uses a manifest with its names and comments', () => {
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

  test('uses listed work items and reports unlisted ones of a row', () => {
    const mapping = { kind: 'manifest', rows: [manifestRow([7, 9], 'a.png')] } as const;
    const plan = planOf(planInput({ files: [A], items: [SEVEN], mapping }));
    expect(arrows(plan)).toEqual(['a.png → 7']);
    expect(plan.unmatched).toEqual([{ fileId: 'a.png', reason: { kind: 'not-listed', workItemIds: [9] } }]);
  });

  test('prefers manual edits over the mapping', () => {
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
  ])('omits files %s', (_, edit) => {
    const mapping = { kind: 'by-name', pattern: pattern('{id}*') } as const;
    for (const facts of [{}, { mapping }])
      expect(
        planOf(planInput({ files: [A], items: [SEVEN], edits: edits({ 'a.png': edit }), ...facts })),
      ).toEqual({ pairs: [], unmatched: [], unusedRows: [], byItem: new Map() });
  });

  test('creates a pair once despite repeated work items or rows', () => {
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

describe('planOf: names and comments', () => {
  test('prefer manual edits over the row, and the row over the common comment', () => {
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

  test('are kept from the row when a work item is added manually', () => {
    const rows = [manifestRow([7], 'a.png', { name: 'row.png', comment: 'row' })];
    const byHand = edits({ 'a.png': { workItemIds: [7, 8] } });
    const mapping = { kind: 'manifest', rows } as const;
    const plan = planOf(planInput({ files: [A], items: [SEVEN, EIGHT], mapping, edits: byHand }));
    expect(plan.pairs).toMatchObject([
      { workItemId: 7, name: 'row.png', comment: 'row' },
      { workItemId: 8, name: 'a.png', comment: '' },
    ]);
  });

  test('are converted to valid attachment names', () => {
    const typed = edits({ 'a.png': { name: 'x/y\u0000.png' }, 'b.png': { name: 'z'.repeat(300) + '.png' } });
    const plan = planOf(planInput({ files: [A, B], items: [SEVEN], edits: typed }));
    expect(names(plan)).toEqual(['y_.png', 'z'.repeat(251) + '.png']);
  });

  test('name the folder in the comment', () => {
    const files = [planFile('logs/night/a.txt'), planFile('b.txt')];
    const commentsOf = (facts: Partial<PlanInput>): string[] =>
      planOf(planInput({ files, items: [SEVEN], ...facts })).pairs.map(({ comment }) => comment);
    expect(commentsOf({})).toEqual(['📁 logs/night', '']);
    expect(commentsOf({ comment: 'all' })).toEqual(['all 📁 logs/night', 'all']);
    const byHand = edits({ 'logs/night/a.txt': { comment: 'hand' } });
    expect(commentsOf({ edits: byHand })).toEqual(['hand 📁 logs/night', '']);
  });

  test('omit the folder if it names the work item', () => {
    const files = [planFile('7/a.txt')];
    const mapping = { kind: 'by-name', pattern: pattern(DEFAULT_PATTERN) } as const;
    expect(planOf(planInput({ files, items: [SEVEN], mapping })).pairs).toMatchObject([{ comment: '' }]);
  });

  test('keep the folders below the one that names the work item', () => {
    const files = [planFile('nightly/Bug 7/logs/2026/a.txt'), planFile('logs/7.txt')];
    const mapping = { kind: 'by-name', pattern: pattern(DEFAULT_PATTERN) } as const;
    expect(planOf(planInput({ files, items: [SEVEN], mapping })).pairs).toMatchObject([
      { comment: '📁 logs/2026' },
      { comment: '📁 logs' },
    ]);
  });

  test('block the file if the comment is too long', () => {
    const typed = edits({ 'a.png': { comment: 'x'.repeat(256) }, 'b.png': { comment: 'x'.repeat(255) } });
    const plan = planOf(planInput({ files: [A, B], items: [SEVEN], edits: typed }));
    expect(fates(plan)).toEqual([{ kind: 'blocked', problem: { kind: 'comment-too-long' } }, ATTACH]);
  });
});

describe('planOf: equal names', () => {
  const [first, second, third] = ['x/a.png', 'y/A.PNG', 'z/a.png'].map((path) => planFile(path));

  test('get numbers, ignoring case, and never replace an existing number', () => {
    const files = [first!, second!, third!, planFile('a (2).png')];
    expect(names(planOf(planInput({ files, items: [SEVEN] })))).toEqual([
      'a.png',
      'A (3).PNG',
      'a (4).png',
      'a (2).png',
    ]);
  });

  test('are kept on different work items', () => {
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
  ])('get a number in a name %s', (_, name, expected) => {
    const files = ['x', 'y'].map((folder) => planFile(`${folder}/${name}`));
    expect(names(planOf(planInput({ files, items: [SEVEN] })))).toEqual([name, expected]);
  });

  test('are available to the next file if the first is not attached', () => {
    const typed = edits({ 'x/a.png': { comment: 'x'.repeat(256) } });
    const plan = planOf(planInput({ files: [first!, third!], items: [SEVEN], edits: typed }));
    expect(names(plan)).toEqual(['a.png', 'a.png']);
  });
});

describe('planOf: equal bytes', () => {
  const copies = [planFile('a.png', { contentKey: 'k' }), planFile('copy.png', { contentKey: 'k' })];

  test('are attached to a work item once', () => {
    const plan = planOf(planInput({ files: [...copies, B], items: [SEVEN, EIGHT] }));
    expect(fates(plan)).toEqual([ATTACH, ATTACH, SAME_CONTENT, SAME_CONTENT, ATTACH, ATTACH]);
  });

  test('are attached to a work item twice with the keep-both policy', () => {
    const duplicates = { all: 'skip', ofItems: new Map([[8, 'keep-both' as const]]) } as const;
    const plan = planOf(planInput({ files: copies, items: [SEVEN, EIGHT], duplicates }));
    expect(fates(plan)).toEqual([ATTACH, ATTACH, SAME_CONTENT, ATTACH]);
  });

  test('are attached to a work item twice if the user wants them anyway', () => {
    const typed = edits({ 'copy.png': { attachAnyway: [8] } });
    const plan = planOf(planInput({ files: copies, items: [SEVEN, EIGHT], edits: typed }));
    expect(fates(plan)).toEqual([ATTACH, ATTACH, SAME_CONTENT, ATTACH]);
  });

  test('are attached to different work items', () => {
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

describe('planOf: name of an existing attachment', () => {
  const item = planItem(7, {
    attachments: [attached('A.PNG', 5), attached('a.png', 100), attached('c.png')],
  });
  const facts = { files: [A, B], items: [item] };

  test('skips the file if the size is equal', () => {
    expect(fates(planOf(planInput({ ...facts, ...policy('skip') })))).toEqual([ALREADY_THERE, ATTACH]);
    const other = planFile('a.png', { size: 6 });
    expect(fates(planOf(planInput({ ...facts, files: [other] })))).toEqual([ATTACH]);
  });

  test('attaches the file beside it with keep-both', () => {
    expect(fates(planOf(planInput({ ...facts, ...policy('keep-both') })))).toEqual([ATTACH, ATTACH]);
  });

  test('numbers the file with keep-numbered, beside the names of this plan and of the work item', () => {
    const full = planItem(7, { attachments: [...item.attachments, attached('a (2).png')] });
    const files = [A, planFile('x/a.png'), B];
    const plan = planOf(planInput({ files, items: [full], ...policy('keep-numbered') }));
    expect(plan.pairs.map(({ name }) => name)).toEqual(['a (3).png', 'a (4).png', 'b.png']);
    const there = new Map([[7, new Map([['a.png', 'of A.PNG, 5 B']])]]);
    const again = planOf(planInput({ files, items: [full], ...policy('keep-numbered'), attached: there }));
    expect(again.pairs.map(({ name, fate }) => [name, fate.kind])).toEqual([
      ['a.png', 'skip'],
      ['a (3).png', 'attach'],
      ['b.png', 'attach'],
    ]);
  });

  test('keeps all names with keep-names, also equal ones', () => {
    const files = [A, planFile('x/a.png'), B];
    const plan = planOf(planInput({ ...facts, files, ...policy('keep-names') }));
    expect(plan.pairs.map(({ name, fate }) => [name, fate.kind])).toEqual([
      ['a.png', 'attach'],
      ['a.png', 'attach'],
      ['b.png', 'attach'],
    ]);
  });

  test('skips the file with skip-name, whatever its size', () => {
    const other = planFile('a.png', { size: 6 });
    const plan = planOf(planInput({ ...facts, files: [other, B], ...policy('skip-name') }));
    expect(fates(plan)).toEqual([{ kind: 'skip', reason: 'same-name' }, ATTACH]);
  });

  test('replaces all attachments with the name, of any size', () => {
    expect(fates(planOf(planInput({ ...facts, ...policy('replace') })))).toEqual([
      { kind: 'replace', attachmentIds: ['of A.PNG, 5 B', 'of a.png, 100 B'] },
      ATTACH,
    ]);
  });

  test('compares the final name', () => {
    const typed = edits({ 'b.png': { name: 'a.png' }, 'a.png': { name: 'd.png' } });
    expect(fates(planOf(planInput({ ...facts, edits: typed })))).toEqual([ATTACH, ALREADY_THERE]);
  });

  test('follows the policy of the work item', () => {
    const items = [item, planItem(8, { attachments: [attached('a.png')] })];
    const duplicates = { all: 'keep-both', ofItems: new Map([[8, 'skip' as const]]) } as const;
    expect(fates(planOf(planInput({ files: [A], items, duplicates })))).toEqual([ATTACH, ALREADY_THERE]);
  });
});

describe('planOf: work item', () => {
  test('blocks all files with its own problem', () => {
    const items = [planItem(7, { problem: { kind: 'work-item-missing', status: 404 } }), EIGHT];
    expect(fates(planOf(planInput({ files: [A], items })))).toEqual([
      { kind: 'blocked', problem: { kind: 'work-item-missing', status: 404 } },
      ATTACH,
    ]);
  });

  test('accepts the first files up to its capacity', () => {
    const items = [planItem(7, { attachments: attachedMany(99) }), EIGHT];
    expect(fates(planOf(planInput({ files: [A, B], items })))).toEqual([ATTACH, ATTACH, FULL, ATTACH]);
  });

  test('has capacity for others when files are skipped', () => {
    const items = [planItem(7, { attachments: [...attachedMany(98), attached('a.png')] })];
    expect(fates(planOf(planInput({ files: [A, B], items })))).toEqual([ALREADY_THERE, ATTACH]);
  });

  test('has no capacity for a replacement when full, since the old attachment is removed last', () => {
    const twice = [attached('b.png', 1), attached('b.png', 2)];
    const items = [planItem(7, { attachments: [...attachedMany(97), ...twice] })];
    const files = [B, A];
    const ids = twice.map(({ attachmentId }) => attachmentId);
    expect(fates(planOf(planInput({ files, items, ...policy('replace') })))).toEqual([
      { kind: 'replace', attachmentIds: ids },
      FULL,
    ]);
  });

  test('has any capacity where the server decides', () => {
    const items = [planItem(7, { attachments: attachedMany(140), attachmentLimit: Infinity })];
    expect(fates(planOf(planInput({ files: [A, B], items })))).toEqual([ATTACH, ATTACH]);
  });

  test('accepts no more links than the learned limit', () => {
    const items = [planItem(7, { relationCount: 999, attachments: attachedMany(3) }), planItem(8)];
    const plan = planOf(planInput({ files: [A, B], items, linkLimit: 1000 }));
    expect(fates(plan)).toEqual([
      ATTACH,
      ATTACH,
      { kind: 'blocked', problem: { kind: 'link-limit', limitCount: 1000 } },
      ATTACH,
    ]);
  });

  test('accepts nothing above its limit, not even a replacement', () => {
    const items = [planItem(7, { attachments: [...attachedMany(100), attached('a.png')] })];
    expect(fates(planOf(planInput({ files: [A, B], items, ...policy('replace') })))).toEqual([FULL, FULL]);
  });
});

test.each([
  ['skip', { kind: 'skip', reason: 'already-there' }],
  ['replace', { kind: 'replace', attachmentIds: [attached('a.txt').attachmentId] }],
] as const)('planOf finds duplicates in the same folder only, under the policy %s', (all, fate) => {
  const items = [planItem(7, { attachments: [{ ...attached('a.txt'), comment: 'Old 📁 x' }] })];
  const files = [planFile('y/a.txt')];
  const duplicates = { all, ofItems: new Map() };
  expect(fates(planOf(planInput({ files, items, duplicates })))).toEqual([ATTACH]);
  expect(fates(planOf(planInput({ files: [planFile('x/a.txt')], items, duplicates })))).toEqual([fate]);
  expect(fates(planOf(planInput({ files: [planFile('a.txt')], items, duplicates })))).toEqual([fate]);
});

test.each(['skip', 'keep-both', 'replace'] as const)(
  'planOf attaches a file that is there already if the user wants it anyway, under the policy %s',
  (all) => {
    const there = { ...attached('a.txt'), attachmentId: 'of the last run' };
    const plan = planOf(
      planInput({
        files: [planFile('a.txt')],
        items: [planItem(7, { attachments: [there] })],
        duplicates: { all, ofItems: new Map() },
        attached: new Map([[7, new Map([['a.txt', 'of the last run']])]]),
        edits: edits({ 'a.txt': { attachAnyway: [7] } }),
      }),
    );
    expect(fates(plan)).toEqual([ATTACH]);
  },
);

test.each(['skip', 'keep-both', 'replace'] as const)(
  'planOf keeps an attachment of an earlier run under the policy %s',
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
