import fc from 'fast-check';
import type {
  DuplicatePolicy,
  FileEdits,
  Mapping,
  Plan,
  PlanFile,
  PlanInput,
  PlanItem,
} from '../../../../src/bulk/plan/plan';
import { planOf } from '../../../../src/bulk/plan/planner';
import { attached, attachedMany, manifestRow, pattern, planFile, planInput, planItem } from './inputs';

/** Few values, so many are equal. */
const NAMES = ['a.png', 'A.png', 'a (2).png', '1.png', '2 b', 'Bug 3', '2024.txt'];
const FOLDERS = ['', 'x/', '1/', 'x/2/', 'X/'];
function policyOf({ duplicates }: PlanInput, workItemId: number): DuplicatePolicy {
  return duplicates.ofItems.get(workItemId) ?? duplicates.all;
}

const POLICIES: DuplicatePolicy[] = ['skip', 'keep-both', 'replace', 'skip-name', 'keep-numbered'];

const ids = fc.integer({ min: 1, max: 5 });
const sizes = fc.constantFrom(0, 1, 2);

const files: fc.Arbitrary<PlanFile[]> = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom(...FOLDERS),
      fc.constantFrom(...NAMES),
      sizes,
      fc.constantFrom('j', 'k', undefined),
    )
    .map(([folder, name, size, key]) =>
      planFile(folder + name, { size, ...(key !== undefined && { contentKey: `${key} ${size}` }) }),
    ),
  { selector: ({ id }) => id, maxLength: 10 },
);

const items: fc.Arbitrary<PlanItem[]> = fc.uniqueArray(
  fc
    .record({
      id: ids,
      type: fc.constantFrom('Bug', 'Task', ''),
      named: fc.array(fc.tuple(fc.constantFrom(...NAMES), sizes), { maxLength: 5 }),
      others: fc.constantFrom(0, 93, 96, 99, 101),
      links: fc.nat(3),
      isMissing: fc.boolean(),
    })
    .map(({ id, type, named, others, links, isMissing }) => {
      const own = named.map(([name, size], index) => ({
        ...attached(name, size),
        attachmentId: `own ${index}`,
      }));
      const attachments = [...attachedMany(others), ...own];
      const problem = isMissing && id > 3 ? ({ kind: 'work-item-missing' } as const) : undefined;
      return planItem(id, { type, attachments, problem, relationCount: attachments.length + links });
    }),
  { selector: ({ id }) => id },
);

const mappings: fc.Arbitrary<Mapping> = fc.oneof(
  fc.constant<Mapping>({ kind: 'all' }),
  fc
    .constantFrom('{id}*', '*{id}*', '{type} {id}; {id}.*')
    .map((text): Mapping => ({ kind: 'by-name', pattern: pattern(text) })),
  fc
    .array(
      fc
        .tuple(
          fc.array(ids, { minLength: 1, maxLength: 3 }),
          fc.constantFrom(...NAMES, 'x/*', '*.png', 'x/a.png'),
        )
        .map(([workItemIds, file]) => manifestRow(workItemIds, file, { name: file === 'x/*' ? 'n' : '' })),
    )
    .map((rows): Mapping => ({ kind: 'manifest', rows })),
);

const edits: fc.Arbitrary<PlanInput['edits']> = fc
  .array(
    fc.tuple(
      fc.tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...NAMES)).map((parts) => parts.join('')),
      fc.record<FileEdits, never>(
        {
          name: fc.constantFrom('a.png', 'b.png', ''),
          comment: fc.constantFrom('', 'c', 'x'.repeat(256)),
          workItemIds: fc.array(ids, { maxLength: 3 }),
          isExcluded: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
    ),
    { maxLength: 4 },
  )
  .map((entries) => new Map(entries));

const inputs: fc.Arbitrary<PlanInput> = fc.record({
  files,
  items,
  mapping: mappings,
  edits,
  comment: fc.constantFrom('', 'for all'),
  duplicates: fc.record({
    all: fc.constantFrom(...POLICIES),
    ofItems: fc
      .array(fc.tuple(ids, fc.constantFrom(...POLICIES)), { maxLength: 2 })
      .map((all) => new Map(all)),
  }),
  linkLimit: fc.constantFrom(100, 101, 1000),
});

/** Attachments of a work item after the plan has run. */
function afterwards(item: PlanItem, input: PlanInput, { pairs }: Plan): PlanItem {
  const sizeOf = new Map(input.files.map(({ id, size }) => [id, size]));
  const own = pairs.filter(({ workItemId }) => workItemId === item.id);
  const gone = own.flatMap(({ fate }) => (fate.kind === 'replace' ? fate.attachmentIds : []));
  const added = own
    .filter(({ fate }) => fate.kind === 'attach' || fate.kind === 'replace')
    .map(({ fileId, name }) => ({ ...attached(name, sizeOf.get(fileId)), attachmentId: `new ${fileId}` }));
  // Only existing attachments are removed, and each once.
  expect(new Set(gone).size).toBe(gone.length);
  expect(item.attachments.map(({ attachmentId }) => attachmentId)).toEqual(expect.arrayContaining(gone));
  const attachments = [
    ...item.attachments.filter(({ attachmentId }) => !gone.includes(attachmentId)),
    ...added,
  ];
  return { ...item, attachments, relationCount: item.relationCount! - gone.length + added.length };
}

test('planOf pairs a known file and a known work item at most once, and accounts for each file', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { pairs, unmatched } = planOf(input);
      const keys = pairs.map(({ fileId, workItemId }) => `${fileId} ${workItemId}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(input.items.map(({ id }) => id)).toEqual(
        expect.arrayContaining(pairs.map((pair) => pair.workItemId)),
      );
      for (const { id } of input.files) {
        const reasons = unmatched.filter(({ fileId }) => fileId === id).map(({ reason }) => reason);
        expect(reasons.length).toBeLessThan(2);
        const { isExcluded, workItemIds } = input.edits.get(id) ?? {};
        const isOut = isExcluded === true || workItemIds?.length === 0 || input.items.length === 0;
        const isPlanned = pairs.some(({ fileId }) => fileId === id);
        if (!isOut) expect(isPlanned || reasons.length === 1).toBe(true);
        if (isPlanned && reasons.length > 0) expect(reasons[0]!.kind).toBe('not-listed');
      }
    }),
    { numRuns: 500 },
  );
});

test('planOf plans each pair of the mapping or the manual edits once', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { pairs, unmatched } = planOf({ ...input, mapping: { kind: 'all' } });
      const expected = input.files.flatMap(({ id }) => {
        const { isExcluded, workItemIds = input.items.map((item) => item.id) } = input.edits.get(id) ?? {};
        return isExcluded ? [] : [...new Set(workItemIds)].map((workItemId) => `${id} ${workItemId}`);
      });
      const planned = pairs.map(({ fileId, workItemId }) => `${fileId} ${workItemId}`);
      const unlisted = unmatched.flatMap(({ fileId, reason }) =>
        reason.kind === 'not-listed' ? reason.workItemIds.map((workItemId) => `${fileId} ${workItemId}`) : [],
      );
      expect([...planned, ...unlisted].sort()).toEqual(expected.sort());
    }),
    { numRuns: 500 },
  );
});

test('planOf stays within the capacity of a work item and blocks no more than necessary', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const plan = planOf(input);
      for (const item of input.items) {
        const own = plan.pairs.filter(({ workItemId }) => workItemId === item.id);
        // For a moment, the old and the new attachment both exist.
        const added = own.filter(({ fate }) => fate.kind === 'attach' || fate.kind === 'replace').length;
        const most = { attachments: item.attachments.length + added, relations: item.relationCount! + added };
        const isFull = most.attachments >= 100 || most.relations >= input.linkLimit!;
        if (added > 0) {
          expect(most.attachments).toBeLessThanOrEqual(100);
          expect(most.relations).toBeLessThanOrEqual(input.linkLimit!);
        }
        const limited = own.filter(({ fate }) => fate.kind === 'blocked' && /limit/.test(fate.problem.kind));
        if (limited.length > 0) expect(isFull).toBe(true);
        if (item.problem) expect(own.every(({ fate }) => fate.kind === 'blocked')).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('planOf gives files attached to one work item different names and different bytes', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { pairs } = planOf(input);
      const keyOf = new Map(input.files.map(({ id, contentKey }) => [id, contentKey]));
      for (const { id } of input.items) {
        const own = pairs.filter(
          ({ workItemId, fate }) => workItemId === id && (fate.kind === 'attach' || fate.kind === 'replace'),
        );
        const names = own.map(({ name }) => name.toLowerCase());
        expect(new Set(names).size).toBe(names.length);
        if (/^keep/.test(policyOf(input, id))) continue;
        const contents = own.flatMap(({ fileId }) => keyOf.get(fileId) ?? []);
        expect(new Set(contents).size).toBe(contents.length);
      }
    }),
    { numRuns: 500 },
  );
});

test('planOf is deterministic and treats each work item independently', () => {
  fc.assert(
    fc.property(inputs, fc.infiniteStream(fc.nat()), (input, random) => {
      const plan = planOf(input);
      expect(planOf(input)).toEqual(plan);
      const keys = new Map(input.items.map((item) => [item, random.next().value]));
      const shuffled = [...input.items].sort((a, b) => keys.get(a)! - keys.get(b)!);
      const other = planOf({ ...input, items: shuffled });
      for (const { id } of input.items) {
        const own = plan.pairs.filter(({ workItemId }) => workItemId === id);
        expect(other.pairs.filter(({ workItemId }) => workItemId === id)).toEqual(own);
      }
      expect(other.unmatched.map(({ fileId }) => fileId)).toEqual(plan.unmatched.map(({ fileId }) => fileId));
      expect(other.unusedRows).toEqual(plan.unusedRows);
    }),
    { numRuns: 500 },
  );
});

test('planOf with the skip policy attaches nothing twice when it runs again', () => {
  fc.assert(
    fc.property(inputs, (any) => {
      const input = { ...any, duplicates: planInput({}).duplicates };
      const first = planOf(input);
      const items = input.items.map((item) => afterwards(item, input, first));
      for (const [index, { fate }] of planOf({ ...input, items }).pairs.entries()) {
        const before = first.pairs[index]!.fate;
        expect(fate).toEqual(before.kind === 'attach' ? { kind: 'skip', reason: 'already-there' } : before);
      }
    }),
    { numRuns: 500 },
  );
});

/** The same with spare capacity. */
function withRoom(item: PlanItem): PlanItem {
  const attachments = item.attachments.slice(-5);
  return { ...item, attachments, relationCount: attachments.length };
}

test('planOf continues the rest of a plan as planned and keeps earlier attachments', () => {
  fc.assert(
    fc.property(inputs, fc.infiniteStream(fc.boolean()), (any, random) => {
      const input = { ...any, items: any.items.map(withRoom) };
      const first = planOf(input);
      const chosen = [...random.take(first.pairs.length)];
      const isDone = first.pairs.map(
        ({ fate: { kind } }, index) => (kind === 'attach' || kind === 'replace') && chosen[index],
      );
      const done = { ...first, pairs: first.pairs.filter((_, index) => isDone[index]) };
      const before = new Map(
        input.items.map(({ id }) => [
          id,
          new Map(
            done.pairs
              .filter(({ workItemId }) => workItemId === id)
              .map(({ fileId }) => [fileId, `new ${fileId}`]),
          ),
        ]),
      );
      const items = input.items.map((item) => afterwards(item, input, done));
      const again = planOf({ ...input, items, attached: before });
      for (const [index, { workItemId, name, fate }] of again.pairs.entries()) {
        const planned = first.pairs[index]!;
        if (isDone[index]) expect(fate).toEqual({ kind: 'skip', reason: 'already-there' });
        else expect(fate).toEqual(planned.fate);
        // A number avoids the names that the first run has added.
        if (!isDone[index] && policyOf(input, workItemId) !== 'keep-numbered')
          expect(name).toBe(planned.name);
        if (fate.kind === 'replace') for (const id of fate.attachmentIds) expect(id).not.toMatch(/^new /);
      }
    }),
    { numRuns: 1_000 },
  );
});
