import type { LinkTarget } from '../../azure/work-item';
import { withTimeout } from '../../base/async';
import type { Problem } from '../../base/errors';
import { CancelledError } from '../../base/errors';
import type { Runtime } from '../../base/runtime';
import { checkContent, checkFile } from '../rules/policy/check-file';
import type { Policy, PolicyRules } from '../rules/policy/policy';
import { rulesFor } from '../rules/policy/policy';
import type { PolicySource } from '../rules/policy/policy-source';
import { problemOfBreaks } from '../rules/policy/rule-sentences';
import type { PickedFile } from '../upload';

/** Facts about a work item that a policy depends on. */
export interface PolicyItems {
  /** Resolves with the type, such as `Bug`; empty if unknown. */
  readonly typeOf: (target: LinkTarget) => Promise<string>;
  /** Name of the project; empty if unknown, and for a new work item. */
  readonly projectOf: (target: LinkTarget) => string;
  /** Number of attachments, those underway included. */
  readonly countOf: (target: LinkTarget) => number;
}

/** The policy of a project for one drop of files. */
export interface PolicyForDrop {
  /** Rules for each file. Those for a plan are only about bytes: the plan judges the rest for each work item. */
  readonly rules: PolicyRules;
  /** Rules of each kind of work item that the files may go to. The strictest ones count for the bytes. */
  readonly targets: readonly { readonly rules: PolicyRules }[];
  /** Whether the current policy could not be read. */
  readonly isUnread: boolean;
  /**
   * Returns the reason to refuse a file. One that is not refused takes room on the work item.
   *
   * @throws DOMException if the file is unreadable.
   */
  readonly judge: (file: PickedFile) => Promise<Problem | undefined>;
}

/** Time to read the policy and the type of a work item, in milliseconds. */
const MAX_READ_MS = 2_000;

/** Reads the policy for files of a work item. Without one in time, files are let go. Never rejects. */
export async function readPolicyFor(
  target: LinkTarget,
  source: PolicySource | undefined,
  items: PolicyItems | undefined,
  runtime: Runtime,
): Promise<PolicyForDrop> {
  function inTime<T>(task: Promise<T> | undefined): Promise<T | undefined> {
    const result = withTimeout(Promise.resolve(task), MAX_READ_MS, runtime, () => new CancelledError());
    return result.catch(() => undefined);
  }
  const reading = await inTime(source?.read());
  const { policy, project } = reading ?? {};
  const isOther = project !== undefined && ![project, ''].includes(items?.projectOf(target) ?? '');
  const isUnread = source !== undefined && (reading === undefined || reading.problem !== undefined);
  if (target.kind === 'plan') return policyForPlan(policy, isUnread);
  const type = policy ? ((await inTime(items?.typeOf(target))) ?? '') : '';
  const rules = policy && !isOther ? rulesFor(policy, type) : {};
  const id = target.kind === 'work-item' ? target.id : undefined;
  const { maxFiles = Infinity, ...fileRules } = rules;
  let fileCount = items?.countOf(target) ?? 0;
  return {
    rules,
    targets: [{ rules }],
    isUnread,

    async judge({ name, size, source: bytes }) {
      const breaks = checkFile(fileRules, { name, size, comment: '' }, { id, type, fileCount })
        // The user is asked for it after the other checks.
        .filter(({ rule }) => rule !== 'requireComment');
      const content = breaks.length === 0 ? await checkContent(rules, name, bytes) : undefined;
      const all = content ? [content] : breaks;
      if (all.length > 0) return problemOfBreaks(rules, all);
      if (fileCount >= maxFiles) return problemOfBreaks(rules, [{ rule: 'maxFiles', maxFiles }]);
      fileCount++;
      return undefined;
    },
  };
}

/** Files of a plan can go to work items of any type, also to some that are added later. */
function policyForPlan(policy: Policy | undefined, isUnread: boolean): PolicyForDrop {
  const types = policy
    ? [policy.rules, ...[...policy.typeRules.keys()].map((type) => rulesFor(policy, type))]
    : [];
  const { message } = types.find(({ secrets }) => secrets === 'block') ?? types[0] ?? {};
  const metadata = types.find((each) => each.metadata !== undefined)?.metadata;
  const [overLimit, ...otherRules] = new Set(types.map((each) => each.overLimit));
  return {
    // Where types differ, the user decides about a file over the limit.
    rules: { message, metadata, ...(otherRules.length === 0 && { overLimit }) },
    targets: types.map((rules) => ({ rules })),
    isUnread,
    judge: () => Promise.resolve(undefined),
  };
}

/** Sentence of the administrator for a refusal, if there is one. */
export function messageOf({ message }: PolicyRules): readonly string[] {
  return message === undefined ? [] : [message];
}
