import type { WorkItem } from '../../../azure/work-item';
import { retry } from '../../../base/retry';
import type { Engine } from '../../../engine/engine';
import type { PolicyProblem } from '../../../engine/policy/policies';
import { reasonOf, withRules } from '../../../engine/policy/policies';
import { count, describeProblem, labelOf, plain } from '../../../engine/sentences';
import type { AttachedFile } from '../../../gallery/model/attached-file';
import { attachedFilesOf } from '../../../gallery/model/attached-file';
import type { RuleBreak } from '../../../upload/rules/policy/check-file';
import { checkFile } from '../../../upload/rules/policy/check-file';
import type { Policy, PolicyRules } from '../../../upload/rules/policy/policy';
import { describeBreak } from '../../../upload/rules/policy/rule-sentences';
import { readIds, readQuery } from '../attach/targets';
import { CliError } from '../cli-error';
import type { Command, Invocation } from '../command';
import { CONNECTION_OPTIONS, textOf } from '../command';
import type { Connected } from '../connect';
import { withEngine } from '../connect';
import type { ExitCode } from '../exit-codes';
import { EXIT } from '../exit-codes';
import type { Output } from '../output';
import { readDate } from '../read-date';
import { openPolicy } from './policy-options';

/** `stapler policy` */
export const policyCommand: Command = {
  name: 'policy',
  usage: 'check [--policy <file>] (<work items> | --query <query>)',
  purpose: 'Lists attachments that break the policy of a project, and fails if there are any.',
  options: {
    policy: { value: '<file>', help: 'policy, as JSON; without it, that of the project of each work item' },
    query: { value: '<query>', help: 'id or address of a saved query, in place of work items' },
    since: { value: '<date>', help: 'only files attached since a date' },
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'stapler policy check 1234',
    'stapler policy check --policy policy.json 1234',
    'stapler policy check --policy policy.json --query 6f1c0a8e-… --since 2026-11-01',
  ],
  run: (invocation) => withEngine(invocation, (connected) => run(invocation, connected)),
};

async function run(invocation: Invocation, { engine, organization }: Connected): Promise<ExitCode> {
  const { values, positionals, output, environment } = invocation;
  const { manyWorkItems, connection, runtime } = engine.services;
  const [action, ...items] = positionals;
  const query = textOf(values, 'query');
  const [example] = policyCommand.examples;
  if (action !== 'check') throw new CliError('The only action is "check".', example);
  if (query === undefined && items.length === 0) throw new CliError('Which work items?', example);
  const path = textOf(values, 'policy');
  const policy = path === undefined ? undefined : await openPolicy(path, environment.cwd, output);
  const since = sinceOf(textOf(values, 'since'));
  const ids =
    query === undefined
      ? readIds(items.join(','), organization)
      : await readQuery(query, organization, connection);
  const found = await retry(() => manyWorkItems.readMany(ids), { runtime });
  const read = ids.flatMap((id) => found.get(id) ?? []);
  const rulesOf = await findRules(engine, read, policy, output);
  let files = 0;
  let breaks = 0;
  for (const id of ids) {
    const workItem = found.get(id);
    if (!workItem) reportMissing(id, output);
    for (const file of workItem ? judgedFilesOf(rulesOf(workItem), workItem) : []) {
      if (file.addedAt < since) continue;
      files++;
      breaks += file.breaks.length;
      reportBreaks(file, output);
    }
  }
  const verdict = breaks === 0 ? 'all follow the policy' : `the policy is broken ${count(breaks, 'time')}`;
  output.note(`${count(files, 'file')} checked: ${verdict}.`);
  if (breaks > 0) return EXIT.limit;
  return ids.some((id) => !found.has(id)) ? EXIT.failed : EXIT.ok;
}

/**
 * Returns the rules of each work item: those of a file, or of its project.
 *
 * @throws CliError if the policy of a project can't be read or understood. A project without one has no rules.
 */
async function findRules(
  engine: Engine,
  workItems: readonly WorkItem[],
  policy: Policy | undefined,
  output: Output,
): Promise<(workItem: WorkItem) => PolicyRules> {
  const items = workItems.map(({ id, type, project }) => ({ id, type, project, problem: undefined }));
  const problems: PolicyProblem[] = [];
  const onPolicyProblem = (problem: PolicyProblem): void => void problems.push(problem);
  const withTheirs = await withRules(engine, items, policy && { policy }, { onPolicyProblem });
  if (problems.length > 0)
    throw new CliError(
      problems.map(reasonOf).join('\n'),
      'Or pass a policy with --policy <file>.',
      problems.some(({ problem }) => problem === 'unavailable') ? EXIT.denied : EXIT.usage,
    );
  const rules = new Map(withTheirs.map((item) => [item.id, item.rules]));
  const free = new Set(workItems.filter(({ id }) => !rules.get(id)).map(({ project }) => project));
  for (const project of free) output.note(`${plain(project)} has no policy.`);
  return ({ id }) => rules.get(id) ?? {};
}

/** An attachment, and the rules that it breaks. */
interface JudgedAttachment extends AttachedFile {
  readonly breaks: readonly RuleBreak[];
}

/** The attachments count in their order: the last ones are those over a limit of their number. */
function judgedFilesOf(rules: PolicyRules, workItem: WorkItem): readonly JudgedAttachment[] {
  const { id, type } = workItem;
  return attachedFilesOf(workItem).map((file, index) => ({
    ...file,
    breaks: checkFile(rules, file, { id, type, fileCount: index + 1 }),
  }));
}

function reportBreaks(
  { workItemId, workItemType, reference, name, breaks }: JudgedAttachment,
  output: Output,
): void {
  for (const broken of breaks) {
    const explanation = describeBreak(broken);
    output.line(`${labelOf(workItemId, workItemType)} ${plain(name)}: ${explanation}`);
    output.json({ type: 'policy-break', workItemId, id: reference.id, name, rule: broken.rule, explanation });
  }
}

function reportMissing(workItemId: number, output: Output): void {
  const reason = 'work-item-missing';
  const explanation = describeProblem({ kind: reason });
  output.json({ type: 'error', workItemId, reason, explanation });
  output.note(`${labelOf(workItemId, '')}: ${explanation}`);
}

/** @returns Milliseconds since the epoch. @throws CliError */
function sinceOf(text: string | undefined): number {
  if (text === undefined) return -Infinity;
  const at = readDate(text);
  if (at === undefined) throw new CliError(`--since: "${text}" is not a date.`, policyCommand.examples[1]);
  return at;
}
