import { createLatest } from '../../../base/async';
import type { Problem } from '../../../base/errors';
import { isCancelled, toProblem } from '../../../base/errors';
import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import type { FacetGroup, ProjectIndex, ProjectResult, SearchProblem } from '../project-index';
import type { RuleForm } from './rule-form';
import { isComplete, rulesOf, searchOf } from './rule-form';

/** Files of a type among those that the other rules choose. */
export interface TypeGroup {
  /** Extension; empty without one. */
  readonly type: string;
  readonly label: string;
  readonly count: number;
  readonly bytes: number;
}

/** Number and size of the files that rules choose. */
export interface RuleEstimate {
  /** `undefined` before the first count, and while the rules are not complete. */
  readonly chosen?: {
    readonly files: number;
    readonly bytes: number;
    /** Of these, files in texts. */
    readonly inTexts: number;
  };
  readonly isCounting: boolean;
  /** Largest first. */
  readonly types: readonly TypeGroup[];
  /** Ignored conditions of the current search: more files are chosen than the person expects. */
  readonly ignored: readonly SearchProblem[];
  readonly problem?: Problem;
}

/** Counts the files that rules choose. */
export interface RuleEstimates extends ReadonlyStore<RuleEstimate> {
  /** Counts again. Never rejects. */
  readonly count: (form: RuleForm) => Promise<void>;
}

/** Condition of the group of files without an extension. */
const WITHOUT_TYPE = 'type:none';

/** Types to choose from. */
const MAX_TYPES = 30;

/**
 * Creates the estimates.
 *
 * @param frame Current search.
 * @param now Returns the time in milliseconds since the epoch.
 */
export function createRuleEstimates(
  index: Pick<ProjectIndex, 'aside'>,
  frame: string,
  now: () => number,
): RuleEstimates {
  const store = createStateStore<RuleEstimate>({ isCounting: false, types: [], ignored: [] });
  const startCount = createLatest();
  const search = (text: string): Promise<ProjectResult> =>
    index.aside.search({ text, sortBy: 'size', isDescending: true });

  async function count(form: RuleForm): Promise<void> {
    const isLatest = startCount();
    store.setState(({ chosen, types, ignored }) => ({
      ...{ types, ignored, isCounting: true },
      // The last numbers stay for the moment that the search takes.
      ...(chosen && isComplete(form) && { chosen }),
    }));
    const isInSearch = form.isInSearch && frame.trim() !== '';
    // The types stay, so that others can be chosen.
    const text = searchOf({ ...rulesOf(form, now()), types: [] }, isInSearch ? frame : '');
    try {
      const all = await search(text);
      const inTexts = form.includesFilesInTexts ? undefined : await search(`inline:yes ${text}`);
      if (!isLatest()) return;
      const [chosen, kept] = [sumOf(all, form.types), inTexts ? sumOf(inTexts, form.types) : NONE];
      store.setState({
        isCounting: false,
        types: typesOf(all).slice(0, MAX_TYPES),
        ignored: all.problems,
        ...(isComplete(form) && {
          chosen: {
            files: chosen.count - kept.count,
            bytes: chosen.bytes - kept.bytes,
            inTexts: kept.count,
          },
        }),
      });
    } catch (error) {
      if (isLatest() && !isCancelled(error))
        store.setState((state) => ({ ...state, isCounting: false, problem: toProblem(error) }));
    }
  }

  return { ...store, count };
}

type Sum = Pick<FacetGroup, 'count' | 'bytes'>;

const NONE: Sum = { count: 0, bytes: 0 };

function typesOf({ facets }: ProjectResult): readonly TypeGroup[] {
  return facets.type.map(({ label, condition, count, bytes }) => ({
    ...{ type: condition === WITHOUT_TYPE ? '' : label, label, count, bytes },
  }));
}

/** Sums up the files of some types; of all without any. */
function sumOf(result: ProjectResult, types: ReadonlySet<string>): Sum {
  if (types.size === 0) return result;
  return typesOf(result)
    .filter(({ type }) => types.has(type))
    .reduce((sum, { count, bytes }) => ({ count: sum.count + count, bytes: sum.bytes + bytes }), NONE);
}
