import type { PlanItem } from '../../bulk/plan/plan';
import { rulesOfItems } from '../../bulk/plan/item-rules';
import { StaplerError } from '../../base/errors';
import type { Policy, PolicyRules } from '../../upload/rules/policy/policy';
import type { PolicyReading } from '../../upload/rules/policy/policy-source';
import { plain } from '../sentences';
import type { PolicyEngine } from './read-project-policy';
import { readProjectPolicy } from './read-project-policy';

/** Policy of an order. */
export interface ChosenPolicy {
  /** Policy of all work items. Default: that of the project of each work item, as far as it can be read. */
  readonly policy?: Policy;
  /** Whether a policy that can't be read or understood ends the order before a byte is sent. Default: false. */
  readonly isRequired?: boolean;
}

/** A policy of a project that does not count. */
export interface PolicyProblem {
  /** Its name. */
  readonly project: string;
  readonly problem: NonNullable<PolicyReading['problem']>;
}

/** Options of `withRules`. */
export interface PolicyOptions {
  /** Called for each project with a policy that does not count. */
  readonly onPolicyProblem?: ((problem: PolicyProblem) => void) | undefined;
}

/** Age at which a policy is read again, for a server that runs for days. In milliseconds. */
const MAX_AGE_MS = 5 * 60_000;

interface KnownPolicy {
  readonly readAt: number;
  readonly reading: Promise<PolicyReading>;
}

/** Policies of each engine, by project: the orders of a command share them. */
const known = new WeakMap<object, Map<string, KnownPolicy>>();

/** Returns the policy of a project, from the organization. @throws CancelledError after an abort. */
function findProjectPolicy(engine: PolicyEngine, project: string): Promise<PolicyReading> {
  const policies = known.get(engine.services) ?? new Map<string, KnownPolicy>();
  known.set(engine.services, policies);
  const { now } = engine.services.runtime;
  const found = policies.get(project);
  if (found && now() - found.readAt < MAX_AGE_MS) return found.reading;
  const reading = readProjectPolicy(engine, project);
  policies.set(project, { readAt: now(), reading });
  return reading;
}

/**
 * Adds the rules of the policies to work items.
 *
 * @throws StaplerError `breaks-policy` if a required policy can't be read or understood.
 */
export async function withRules<T extends Pick<PlanItem, 'type' | 'project' | 'problem'>>(
  engine: PolicyEngine,
  items: readonly T[],
  { policy, isRequired = false }: ChosenPolicy = {},
  { onPolicyProblem }: PolicyOptions = {},
): Promise<readonly (T & { readonly rules?: PolicyRules })[]> {
  if (policy) return rulesOfItems(items, () => policy);
  const readable = items.filter(({ project, problem }) => !problem && project !== '');
  const policies = new Map<string, Policy>();
  for (const project of new Set(readable.map((item) => item.project))) {
    const reading = await findProjectPolicy(engine, project);
    if (reading.policy) policies.set(project, reading.policy);
    if (!reading.problem) continue;
    const found = { project, problem: reading.problem };
    if (isRequired) throw policyUnreadable(found);
    onPolicyProblem?.(found);
  }
  return rulesOfItems(items, ({ project }) => policies.get(project));
}

function policyUnreadable(problem: PolicyProblem): StaplerError {
  const sentence = reasonOf(problem);
  return new StaplerError('breaks-policy', sentence, { brokenRules: [sentence] });
}

const REASONS: Readonly<Record<PolicyProblem['problem'], string>> = {
  invalid: "isn't valid. It can be corrected in the settings of the project.",
  unavailable: 'can\'t be read. The token needs the scope "Extension data (read)".',
};

/** Describes a policy that does not count. */
export function reasonOf({ project, problem }: PolicyProblem): string {
  return `The policy of ${plain(project)} ${REASONS[problem]}`;
}

/** Describes a policy that does not count, as a warning of an order. */
function describePolicyProblem(problem: PolicyProblem): string {
  return `${reasonOf(problem)} The files are not checked against it.`;
}

/** Creates a report of policies that do not count. It passes on each of them once, with its description. */
export function reportOnce(
  report: (found: PolicyProblem, explanation: string) => void,
): (found: PolicyProblem) => void {
  const reported = new Set<string>();
  return (found) => {
    const explanation = describePolicyProblem(found);
    if (reported.has(explanation)) return;
    reported.add(explanation);
    report(found, explanation);
  };
}
