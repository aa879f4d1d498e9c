import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { WorkItem } from '../../../azure/work-item';
import { retry } from '../../../base/retry';
import { count, describeProblem, labelOf, plain } from '../../../engine/sentences';
import type { AttachedFile } from '../../../gallery/model/attached-file';
import { attachedFilesOf } from '../../../gallery/model/attached-file';
import type { RuleBreak } from '../../../upload/rules/policy/check-file';
import { checkFile } from '../../../upload/rules/policy/check-file';
import type { Policy } from '../../../upload/rules/policy/policy';
import { rulesFor } from '../../../upload/rules/policy/policy';
import { readPolicy } from '../../../upload/rules/policy/read-policy';
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

/** `stapler policy` */
export const policyCommand: Command = {
  name: 'policy',
  usage: 'check --policy <file> (<work items> | --query <query>)',
  purpose: 'Lists attachments that break the policy of a project, and fails if there are any.',
  options: {
    policy: { value: '<file>', help: 'policy, as JSON' },
    query: { value: '<query>', help: 'id or address of a saved query, in place of work items' },
    since: { value: '<date>', help: 'only files attached since a date' },
    ...CONNECTION_OPTIONS,
  },
  examples: [
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
  const policy = await openPolicy(textOf(values, 'policy'), environment.cwd, output);
  const since = sinceOf(textOf(values, 'since'));
  const ids =
    query === undefined
      ? readIds(items.join(','), organization)
      : await readQuery(query, organization, connection);
  const found = await retry(() => manyWorkItems.readMany(ids), { runtime });
  let files = 0;
  let breaks = 0;
  for (const id of ids) {
    const workItem = found.get(id);
    if (!workItem) reportMissing(id, output);
    for (const file of workItem ? judgedFilesOf(policy, workItem) : []) {
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

/** An attachment, and the rules that it breaks. */
interface JudgedAttachment extends AttachedFile {
  readonly breaks: readonly RuleBreak[];
}

/** The attachments count in their order: the last ones are those over a limit of their number. */
function judgedFilesOf(policy: Policy, workItem: WorkItem): readonly JudgedAttachment[] {
  const { id, type } = workItem;
  const rules = rulesFor(policy, type);
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

/** @throws CliError if the policy is missing or unreadable. */
async function openPolicy(path: string | undefined, cwd: string, output: Output): Promise<Policy> {
  if (path === undefined) throw new CliError('Which policy?', policyCommand.examples[0]);
  const text = await readFile(resolve(cwd, path), 'utf8').catch((error: unknown) => {
    throw new CliError(`${path} can't be read.`, (error as Error).message);
  });
  const result = readPolicy(text);
  if (!result.ok) {
    const faults = result.faults.map((fault) =>
      fault.path ? `${fault.path}: ${fault.message}` : fault.message,
    );
    throw new CliError(`${path} is not a policy.`, faults.join('\n'));
  }
  for (const member of result.unknown) output.note(`${path}: "${member}" is unknown and ignored.`);
  return result.policy;
}

/** @returns Milliseconds since the epoch. @throws CliError */
function sinceOf(text: string | undefined): number {
  if (text === undefined) return -Infinity;
  const at = readDate(text);
  if (at === undefined) throw new CliError(`--since: "${text}" is not a date.`, policyCommand.examples[1]);
  return at;
}
