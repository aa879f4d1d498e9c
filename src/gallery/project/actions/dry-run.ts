import type { CleanUpServices } from '../clean-up/clean-up-services';
import type { CleanUpPlan, CleanUpRules } from '../clean-up/plan-clean-up';
import { keyOf, planCleanUp } from '../clean-up/plan-clean-up';
import { findAttached } from '../clean-up/unsafe-copies';
import type { DuplicateFinder } from '../duplicates/duplicate-finder';
import type { DuplicateGroup } from '../duplicates/duplicate-groups';
import type { ProjectFile, ProjectIndex } from '../project-index';
import { readChosen } from './read-chosen';
import { searchOf } from './rule-form';

/** Progress of planning. */
export type PlanningStep =
  | { readonly step: 'reading'; readonly done: number; readonly total: number }
  /** Contents are compared. */
  | { readonly step: 'comparing'; readonly done: number; readonly total: number };

/** The index changed before all files were read. */
export class OutdatedError extends Error {}

/** Dependencies of `planByRules`. */
export interface PlanningOptions {
  readonly index: Pick<ProjectIndex, 'aside'>;
  readonly services: Pick<CleanUpServices, 'manyWorkItems' | 'runtime'>;
  readonly finder: DuplicateFinder;
  readonly onStep: (step: PlanningStep) => void;
  readonly signal: AbortSignal;
}

/**
 * Finds the files that rules choose. Duplicates are proven by their bytes, and their original by the server. Changes
 * nothing.
 *
 * @param frame Search within which files are chosen; empty for all files.
 * @throws StaplerError if the files cannot be read or compared, OutdatedError, CancelledError after an abort.
 */
export async function planByRules(
  rules: CleanUpRules,
  frame: string,
  options: PlanningOptions,
): Promise<CleanUpPlan> {
  const files = await readFiles(searchOf(rules, frame), () => true, options);
  const groups = rules.isDuplicate ? await findGroups(files, options) : [];
  return planCleanUp(files, groups, rules);
}

async function readFiles(
  text: string,
  isWanted: (file: ProjectFile) => boolean,
  { index, onStep, signal }: PlanningOptions,
): Promise<readonly ProjectFile[]> {
  const result = await index.aside.search({ text, sortBy: 'item', isDescending: false });
  signal.throwIfAborted();
  if (result.count === 0) return [];
  const { count: total } = result;
  const files: ProjectFile[] = [];
  const isComplete = await readChosen(
    index.aside,
    { result, ranges: [{ from: 0, until: total }] },
    (file) => {
      if (isWanted(file)) files.push(file);
    },
    (done) => onStep({ step: 'reading', done, total }),
    signal,
  );
  if (!isComplete) throw new OutdatedError();
  return files;
}

/** Finds the duplicates of `files` in the whole project. */
async function findGroups(
  files: readonly ProjectFile[],
  options: PlanningOptions,
): Promise<readonly DuplicateGroup[]> {
  const { finder, onStep, signal } = options;
  const sizes = new Set(files.map(({ size }) => size));
  const candidates = await readFiles('duplicate:yes', ({ size }) => sizes.has(size), options);
  const tell = (): void => {
    const { checked, candidates: total } = finder.state.getSnapshot();
    onStep({ step: 'comparing', done: checked, total });
  };
  const stopTelling = finder.state.subscribe(tell, 'at-once');
  signal.addEventListener('abort', finder.cancel);
  try {
    await finder.find(candidates);
  } finally {
    stopTelling();
    signal.removeEventListener('abort', finder.cancel);
  }
  signal.throwIfAborted();
  const { phase, groups, error } = finder.state.getSnapshot();
  if (phase !== 'done') throw error instanceof Error ? error : new Error('The files were not compared.');
  return withOriginals(groups, options);
}

/** Returns the groups whose original is still attached: of the others, a copy may be the last one. */
async function withOriginals(
  groups: readonly DuplicateGroup[],
  { services, signal }: PlanningOptions,
): Promise<readonly DuplicateGroup[]> {
  const originals = groups.map(({ original }) => original);
  const attached = await findAttached(originals, services, signal);
  return groups.filter(({ original }) => attached.has(keyOf(original)));
}
