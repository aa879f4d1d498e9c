import { initialRun, reduceRun } from '../../../../src/bulk/run/run-reducer';
import type { RunAction } from '../../../../src/bulk/run/run-reducer';
import type { RunPair, RunState } from '../../../../src/bulk/run/run-state';
import type { Discrepancies } from '../../../../src/bulk/run/verify-run';
import { referenceTo } from '../../../helpers/uploads';

const PAIR: RunPair = {
  ...{ fileId: 'a', uploadId: 'u', name: 'a', comment: '', replaces: [] },
  reference: referenceTo(1),
  outcome: { kind: 'attached' },
};
const NEW = initialRun(new Map([[7, { workItemId: 7, pairs: [PAIR], status: 'waiting', attempt: 1 }]]));

const uploads = new Map();
const after = (state: RunState, ...actions: readonly RunAction[]): RunState =>
  actions.reduce(reduceRun, state);
const phases = ({ phase, activePhase }: RunState): string => `${phase} ${activePhase}`;
const pairOf = (state: RunState): RunPair => state.items.get(7)!.pairs[0]!;

const checked = (found: Partial<Discrepancies> = {}): RunAction => ({
  type: 'checked',
  verification: { kind: 'read', discrepancies: { lost: new Set(), found: new Set(), ...found } },
  uploads,
});

describe('reduceRun', () => {
  test.each<[string, readonly RunAction['type'][]]>([
    ['running running', ['resumed']],
    ['paused paused', ['paused']],
    ['running running', ['paused', 'resumed']],
    ['cancelling cancelling', ['cancelled', 'paused']],
    ['cancelling cancelling', ['paused', 'cancelled', 'resumed']],
    ['checking running', ['checking', 'cancelled']],
    ['checking paused', ['checking', 'paused']],
    ['checking running', ['checking', 'paused', 'resumed']],
    ['checking cancelling', ['cancelled', 'checking']],
  ])('is %s after %s', (expected, types) => {
    expect(phases(after(NEW, ...types.map((type) => ({ type, uploads }) as RunAction)))).toBe(expected);
  });

  test('makes a lost link again once, in the phase before the check', () => {
    const once = after(NEW, { type: 'checking' }, { type: 'paused' }, checked({ lost: new Set([PAIR]) }));
    expect([phases(once), pairOf(once).outcome]).toEqual(['paused paused', undefined]);
    const twice = after(once, { type: 'checking' }, checked({ lost: new Set([pairOf(once)]) }));
    expect([twice.phase, pairOf(twice).outcome]).toMatchObject(['over', { problem: { kind: 'link-lost' } }]);
  });

  test('cancels open pairs at the end of a canceled run', () => {
    const open = { ...PAIR, outcome: undefined };
    const state = initialRun(new Map([[7, { workItemId: 7, pairs: [open], status: 'waiting', attempt: 1 }]]));
    const end = after(state, { type: 'cancelled' }, { type: 'checking' }, checked());
    expect([phases(end), pairOf(end).outcome]).toEqual(['over cancelling', { kind: 'cancelled' }]);
    expect(phases(after(end, { type: 'retried', uploads, added: new Map() }))).toBe('running running');
  });

  test('adds files to known and to new work items in a retry', () => {
    const end = after(NEW, { type: 'checking' }, checked());
    const item = NEW.items.get(7)!;
    const added = new Map([7, 99].map((workItemId) => [workItemId, { ...item, workItemId }]));
    const { items } = after(end, { type: 'retried', uploads: new Map(), added });
    expect([...items].map(([id, { pairs }]) => [id, pairs.length])).toEqual([
      [7, 2],
      [99, 1],
    ]);
  });
});
