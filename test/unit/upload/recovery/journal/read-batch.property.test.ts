import fc from 'fast-check';
import type { KeptBatch, KeptUpload, Stage } from '../../../../../src/upload/recovery/journal/kept-batch';
import { FORMAT } from '../../../../../src/upload/recovery/journal/kept-batch';
import { readBatch } from '../../../../../src/upload/recovery/journal/read-batch';
import type { AttachmentReference } from '../../../../../src/azure/work-item';
import type { Problem } from '../../../../../src/base/errors';
import { PROBLEM_KINDS } from '../../../../../src/base/problem-kinds';
import { keptBatch, keptUpload } from '../../../../helpers/kept';
import { referenceTo } from '../../../../helpers/uploads';

const count = fc.nat();
const time = fc.nat({ max: 2 ** 41 });
const name = fc.string({ minLength: 1 });
const reference: fc.Arbitrary<AttachmentReference> = fc.nat(999).map(referenceTo);
const orNothing = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(some, { nil: undefined });

const problem: fc.Arbitrary<Problem> = fc.record(
  {
    kind: fc.constantFrom(...PROBLEM_KINDS),
    status: fc.constantFrom(0, 400, 503),
    serverMessage: fc.string(),
    brokenRules: fc.array(fc.string(), { maxLength: 2 }),
    limitBytes: count,
    retryAfterMs: count,
  },
  { requiredKeys: ['kind'] },
);

const failure = fc.record({
  phase: fc.constantFrom('intake' as const, 'preparing' as const, 'uploading' as const, 'linking' as const),
  problem,
  retryable: fc.boolean(),
});

/** Upload with consistent members. */
function upload(id: string): fc.Arbitrary<KeptUpload> {
  return fc
    .tuple(fc.constantFrom<Stage[]>('sending', 'paused', 'linking', 'linked', 'failed'), count)
    .chain(([stage, size]) =>
      fc.record({
        id: fc.constant(id),
        name,
        size: fc.constant(size),
        folder: fc.string(),
        type: fc.string(),
        lastModified: time,
        fingerprint: orNothing(fc.record({ size: fc.constant(size), hashes: fc.array(fc.string()) })),
        isFileKept: fc.boolean(),
        stage: fc.constant(stage),
        attempt: fc.integer({ min: 1, max: 20 }),
        isLinkTried: fc.boolean(),
        session: orNothing(
          fc.record({
            reference,
            bytesAccepted: fc.nat(size),
            chunkBytes: fc.integer({ min: 1, max: 2 ** 26 }),
            isDoubtful: fc.boolean(),
          }),
        ),
        reference: stage === 'linking' || stage === 'linked' ? reference : orNothing(reference),
        failure: stage === 'failed' ? failure : fc.constant(undefined),
      }),
    );
}

const batch: fc.Arbitrary<KeptBatch> = fc.record({
  format: fc.constant(FORMAT),
  partition: fc.string(),
  id: name,
  owner: name,
  target: fc.oneof(
    fc.record({ kind: fc.constant('work-item' as const), id: fc.integer({ min: 1 }) }),
    fc.record({ kind: fc.constant('draft' as const), draftId: name }),
  ),
  addedAt: time,
  changedAt: time,
  uploads: fc
    .uniqueArray(name, { maxLength: 4 })
    .chain((ids) => fc.tuple(...ids.map(upload)))
    .map((uploads): readonly KeptUpload[] => uploads),
});

test('readBatch returns a written batch unchanged, also after a structured clone or JSON', () => {
  fc.assert(
    fc.property(batch, (written) => {
      expect(readBatch(written)).toBe(written);
      expect(readBatch(structuredClone(written))).toEqual(written);
      expect(readBatch(JSON.parse(JSON.stringify(written)))).toEqual(written);
    }),
  );
});

test('readBatch rejects arbitrary values without throwing', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true }), (value) => {
      expect(readBatch(value)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

/** Path in a batch. */
type Place = readonly (string | number)[];

/** Paths of all defined members, except the batch itself. */
function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    member === undefined ? [] : [[...place, key], ...placesIn(member, [...place, key])],
  );
}

/** Whether a member is optional. */
function mayBeMissing(place: Place): boolean {
  const last = place[place.length - 1];
  const isFact = place.includes('problem') && last !== 'problem' && last !== 'kind';
  const isOne = /^\d+$/.test(String(last));
  return isFact || isOne || last === 'fingerprint' || last === 'session';
}

function damaged(whole: unknown, place: Place, damage: (member: unknown) => unknown): unknown {
  const copy = structuredClone(whole);
  let holder = copy as Record<string, unknown>;
  for (const key of place.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  const last = place[place.length - 1]!;
  const member = damage(holder[last]);
  if (member === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = member;
  return copy;
}

function ofAnotherType(member: unknown): unknown {
  if (typeof member === 'object') return 'a text';
  return typeof member === 'string' ? 17 : JSON.stringify(member);
}

/** Number out of range. */
function outOfRange(member: unknown): unknown {
  return typeof member === 'number' ? Number.NaN : ofAnotherType(member);
}

const REMOVED = (): undefined => undefined;

test('readBatch rejects a batch with a member missing, of another type or out of range', () => {
  fc.assert(
    fc.property(batch, fc.nat(), (written, pick) => {
      const places = placesIn(written);
      const place = places[pick % places.length]!;
      for (const damage of [ofAnotherType, outOfRange, () => null])
        expect([place, readBatch(damaged(written, place, damage))]).toEqual([place, undefined]);
      if (mayBeMissing(place)) return;
      // References are optional in these stages.
      const isLoose = place[place.length - 1] === 'reference' && place[place.length - 2] !== 'session';
      const stage = written.uploads[Number(place[1])]?.stage;
      if (isLoose && stage !== 'linking' && stage !== 'linked') return;
      expect([place, readBatch(damaged(written, place, REMOVED))]).toEqual([place, undefined]);
    }),
    { numRuns: 1_000 },
  );
});

const failed = { phase: 'uploading', problem: { kind: 'refused' }, retryable: true } as const;
const session = { reference: referenceTo(1), bytesAccepted: 50, chunkBytes: 10, isDoubtful: false };

test.each<[string, Partial<KeptUpload>]>([
  ['it is linking without a reference', { stage: 'linking' }],
  ['it is linked without a reference', { stage: 'linked' }],
  ['it has failed without a failure', { stage: 'failed' }],
  ['it is sending with a failure', { stage: 'sending', failure: failed }],
  [
    'its problem has an unknown kind',
    { stage: 'failed', failure: { ...failed, problem: { kind: 'gravity' as 'refused' } } },
  ],
  ['its fingerprint has another size', { fingerprint: { size: 99, hashes: [] } }],
  ['the server has accepted more bytes than its size', { session: { ...session, bytesAccepted: 101 } }],
  ['its next chunk is empty', { session: { ...session, chunkBytes: 0 } }],
  ['the server has accepted a negative number of bytes', { session: { ...session, bytesAccepted: -1 } }],
  ['its size is not an integer', { size: 1.5 }],
  ['the id of its attachment is not a GUID', { reference: { id: 'a', url: 'https://h/a' } }],
  ['it has no name', { name: '' }],
])('readBatch rejects an upload when %s', (_, facts) => {
  expect(readBatch(keptBatch({ uploads: [keptUpload()] }))).toBeDefined();
  expect(readBatch(keptBatch({ uploads: [keptUpload(facts)] }))).toBeUndefined();
});

test.each<[string, object]>([
  ['of another version', { format: FORMAT + 1 }],
  ['for a work item with the id 0', { target: { kind: 'work-item', id: 0 } }],
  ['with an unknown target', { target: { kind: 'board', id: 7 } }],
  ['without an owner', { owner: '' }],
  ['with a duplicate upload id', { uploads: [keptUpload(), keptUpload()] }],
])('readBatch rejects a batch %s', (_, facts) => {
  expect(readBatch({ ...keptBatch(), ...facts })).toBeUndefined();
});
