import fc from 'fast-check';
import type { KeptBatch, KeptUpload, Stage } from '../../../../../src/upload/recovery/journal/kept-batch';
import { FORMAT } from '../../../../../src/upload/recovery/journal/kept-batch';
import { readBatch } from '../../../../../src/upload/recovery/journal/read-batch';
import type { AttachmentReference } from '../../../../../src/azure/attachment';
import type { Problem } from '../../../../../src/base/errors';
import { PROBLEM_KINDS } from '../../../../../src/base/errors';
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

/** One with everything that belongs together. */
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

test('what was written is read as it is, also after it went through a database or a text', () => {
  fc.assert(
    fc.property(batch, (written) => {
      expect(readBatch(written)).toBe(written);
      expect(readBatch(structuredClone(written))).toEqual(written);
      expect(readBatch(JSON.parse(JSON.stringify(written)))).toEqual(written);
    }),
  );
});

test('nothing is read from what is no batch, and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true }), (value) => {
      expect(readBatch(value)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

/** A place in a batch. */
type Place = readonly (string | number)[];

/** All places that hold something, the batch itself left out. */
function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    member === undefined ? [] : [[...place, key], ...placesIn(member, [...place, key])],
  );
}

/** Leaves out what is no more than words, which may be anything or nothing. */
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

/** Where a number is out of range: no count may be negative, and none broken but times. */
function outOfRange(member: unknown): unknown {
  return typeof member === 'number' ? Number.NaN : ofAnotherType(member);
}

const REMOVED = (): undefined => undefined;

test('nothing is read where one thing is missing, of another type or out of range', () => {
  fc.assert(
    fc.property(batch, fc.nat(), (written, pick) => {
      const places = placesIn(written);
      const place = places[pick % places.length]!;
      for (const damage of [ofAnotherType, outOfRange, () => null])
        expect([place, readBatch(damaged(written, place, damage))]).toEqual([place, undefined]);
      if (mayBeMissing(place)) return;
      // A reference may be missing where nothing follows from it.
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
  ['it is to be linked, and nobody knows what', { stage: 'linking' }],
  ['it is linked, and nobody knows what', { stage: 'linked' }],
  ['it has failed, and nobody knows why', { stage: 'failed' }],
  ['it is on its way, and has failed', { stage: 'sending', failure: failed }],
  [
    'it failed for a reason that nobody has heard of',
    { stage: 'failed', failure: { ...failed, problem: { kind: 'gravity' as 'refused' } } },
  ],
  ['another file was looked at', { fingerprint: { size: 99, hashes: [] } }],
  ['the server has more than there is', { session: { ...session, bytesAccepted: 101 } }],
  ['the next chunk is empty', { session: { ...session, chunkBytes: 0 } }],
  ['the server has less than nothing', { session: { ...session, bytesAccepted: -1 } }],
  ['it is not as large as anything can be', { size: 1.5 }],
  ['its attachment has no id', { reference: { id: 'a', url: 'https://h/a' } }],
  ['it has no name', { name: '' }],
])('nothing is read where %s', (_, facts) => {
  expect(readBatch(keptBatch({ uploads: [keptUpload()] }))).toBeDefined();
  expect(readBatch(keptBatch({ uploads: [keptUpload(facts)] }))).toBeUndefined();
});

test.each<[string, object]>([
  ['of another version', { format: FORMAT + 1 }],
  ['for a work item without a number', { target: { kind: 'work-item', id: 0 } }],
  ['for nobody knows what', { target: { kind: 'board', id: 7 } }],
  ['of nobody', { owner: '' }],
  ['of two uploads with one id', { uploads: [keptUpload(), keptUpload()] }],
])('nothing is read from a batch %s', (_, facts) => {
  expect(readBatch({ ...keptBatch(), ...facts })).toBeUndefined();
});
