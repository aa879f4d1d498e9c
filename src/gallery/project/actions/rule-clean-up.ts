import type { Problem } from '../../../base/errors';
import { isCancelled, toProblem } from '../../../base/errors';
import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import type { CleanUpPlan } from '../clean-up/plan-clean-up';
import type { DuplicateFinder } from '../duplicates/duplicate-finder';
import { createPageFinder } from '../duplicates/page-finder';
import type { ProjectIndex } from '../project-index';
import type { PlanningStep } from './dry-run';
import { OutdatedError, planByRules } from './dry-run';
import type { CleanUpPage, CleanUpParts, CleanUpWork } from './page-clean-up';
import { createPageCleanUp, openCleanUpParts } from './page-clean-up';
import type { RuleEstimates } from './rule-estimate';
import { createRuleEstimates } from './rule-estimate';
import type { RuleForm } from './rule-form';
import { isComplete, NO_RULES, rulesOf } from './rule-form';

/** State of the dry run until the work items are checked. */
export type DryRun =
  /** The person chooses the rules. */
  | { readonly status: 'none' }
  | { readonly status: 'planning'; readonly step: PlanningStep | undefined }
  /** The list changed before all files were read. */
  | { readonly status: 'outdated' }
  | { readonly status: 'failed'; readonly problem: Problem }
  /** The clean-up checks the plan, or has done so. */
  | { readonly status: 'planned'; readonly plan: CleanUpPlan };

/** A clean-up by rules: the rules, a dry run, the removal. */
export interface RuleCleanUp extends CleanUpWork {
  /** Current search; empty without one. */
  readonly frame: string;
  readonly form: ReadonlyStore<RuleForm>;
  readonly estimates: RuleEstimates;
  readonly dryRun: ReadonlyStore<DryRun>;
  /** Changes parts of the form, and counts again. */
  readonly change: (facts: Partial<RuleForm>) => void;
  /** Ends the dry run: the person chooses the rules again. */
  readonly edit: () => void;
  /** Ends all work before the removal. */
  readonly close: () => void;
}

/** Dependencies of `createRuleCleanUp`. */
export interface RuleCleanUpOptions extends CleanUpParts {
  readonly index: Pick<ProjectIndex, 'aside' | 'onItemChanged'>;
  readonly frame: string;
  readonly finder: DuplicateFinder;
}

/** Creates a clean-up without rules. */
export function createRuleCleanUp({ frame, finder, ...parts }: RuleCleanUpOptions): RuleCleanUp {
  const { index, services } = parts;
  const { now } = services.runtime;
  const cleanUp = createPageCleanUp(parts);
  const form = createStateStore<RuleForm>(NO_RULES, { notify: 'at-once' });
  const dryRun = createStateStore<DryRun>({ status: 'none' });
  const estimates = createRuleEstimates(index, frame, now);
  let aborter = new AbortController();
  /** Of the clean-up; a new one waits for its end. */
  let checking = Promise.resolve();

  /** Plans again: files may have changed since the last time. */
  async function open(): Promise<void> {
    aborter.abort();
    aborter = new AbortController();
    const { signal } = aborter;
    const rules = form.getSnapshot();
    if (!isComplete(rules)) return;
    dryRun.setState({ status: 'planning', step: undefined });
    const onStep = (step: PlanningStep): void => {
      if (!signal.aborted) dryRun.setState({ status: 'planning', step });
    };
    try {
      await checking;
      const options = { index, services, finder, onStep, signal };
      const plan = await planByRules(rulesOf(rules, now()), rules.isInSearch ? frame : '', options);
      signal.throwIfAborted();
      checking = cleanUp.check(plan);
      dryRun.setState({ status: 'planned', plan });
    } catch (error) {
      if (signal.aborted) return;
      // A search of the dialog that another one has replaced.
      const isOutdated = error instanceof OutdatedError || isCancelled(error);
      dryRun.setState(isOutdated ? { status: 'outdated' } : { status: 'failed', problem: toProblem(error) });
    }
    await checking;
  }

  function stop(): void {
    aborter.abort();
    // Only a dry run: a removal in progress cannot be left.
    if (cleanUp.state.getSnapshot().phase === 'checking') cleanUp.pause();
  }

  return {
    ...{ cleanUp, frame, form, dryRun, estimates, open },

    change(facts) {
      form.setState((before) => ({ ...before, ...facts }));
      void estimates.count(form.getSnapshot());
    },

    edit() {
      stop();
      dryRun.setState({ status: 'none' });
      void estimates.count(form.getSnapshot());
    },

    async startWithoutRecord() {
      const state = dryRun.getSnapshot();
      if (state.status !== 'planned') return;
      await cleanUp.check(state.plan);
      await cleanUp.start(true);
    },

    close: stop,
  };
}

/** Creates a clean-up by rules in a page. */
export function createPageRuleCleanUp(
  page: CleanUpPage,
  index: RuleCleanUpOptions['index'],
  frame: string,
): RuleCleanUp {
  const finder = createPageFinder(page.services);
  return createRuleCleanUp({ ...openCleanUpParts(page, index), index, frame, finder });
}
