import { retry } from '../../../base/retry';
import { formatBytes } from '../../../base/format';
import { attachedFilesOf } from '../../../gallery/model/attached-file';
import type { AttachedFile } from '../../../gallery/model/attached-file';
import { brokenVolumes, joinSplitFiles } from '../../../gallery/model/split-files';
import { attachmentOf } from '../api/attachment';
import { readIds, readQuery } from '../attach/targets';
import { CliError } from '../cli-error';
import type { Command, Invocation } from '../command';
import { columnsOf, CONNECTION_OPTIONS, textOf } from '../command';
import type { Connected } from '../connect';
import { withEngine } from '../connect';
import type { ExitCode } from '../exit-codes';
import { EXIT } from '../exit-codes';
import { count, describeProblem, labelOf, plain } from '../../../engine/sentences';

/** `stapler list` */
export const listCommand: Command = {
  name: 'list',
  usage: '<work items> | --query <query>',
  purpose: 'Lists the attachments of work items.',
  options: {
    query: { value: '<query>', help: 'id or address of a saved query, in place of work items' },
    ...CONNECTION_OPTIONS,
  },
  examples: ['stapler list 1234', 'stapler list --query 6f1c0a8e-… --json'],
  run: (invocation) => withEngine(invocation, (connected) => run(invocation, connected)),
};

async function run(invocation: Invocation, { engine, organization }: Connected): Promise<ExitCode> {
  const { values, positionals, output } = invocation;
  const { manyWorkItems, connection, runtime } = engine.services;
  const query = textOf(values, 'query');
  const [argument] = positionals;
  if (query === undefined && argument === undefined)
    throw new CliError('Which work items?', listCommand.examples[0]);
  const ids =
    query === undefined
      ? readIds(positionals.join(','), organization)
      : await readQuery(query, organization, connection);
  const found = await retry(() => manyWorkItems.readMany(ids), { runtime });
  for (const id of ids) {
    const workItem = found.get(id);
    if (!workItem) continue;
    const attachments = attachedFilesOf(workItem);
    const files = joinSplitFiles(attachments);
    output.line(
      `${labelOf(id, workItem.type)} ${plain(workItem.title)}: ${count(attachments.length, 'attachment')}`,
    );
    for (const line of columnsOf(files.map((file, index) => rowOf(file, index + 1)))) output.line(line);
    for (const file of attachments) output.json({ type: 'attachment', ...attachmentOf(file) });
  }
  const missing = ids.filter((id) => !found.has(id));
  const problem = { kind: 'work-item-missing' } as const;
  for (const id of missing) {
    output.json({
      type: 'error',
      workItemId: id,
      reason: problem.kind,
      explanation: describeProblem(problem),
    });
    output.note(`${labelOf(id, '')}: ${describeProblem(problem)}`);
  }
  return missing.length > 0 ? EXIT.failed : EXIT.ok;
}

/** @param number As `get` takes it. */
function rowOf({ name, size, comment, volumes }: AttachedFile, number: number): readonly string[] {
  const facts = [
    size === undefined ? undefined : formatBytes(size),
    volumes && describeVolumes(volumes),
    plain(comment),
  ];
  return [`${number}. ${plain(name)}`, facts.filter(Boolean).join('  ')];
}

/** `3 parts`, or `3 parts, 2 missing or damaged`. */
function describeVolumes(set: NonNullable<AttachedFile['volumes']>): string {
  const broken = brokenVolumes(set);
  const parts = count(set.facts.count, 'part');
  return broken.length === 0 ? parts : `${parts}, missing or damaged: ${broken.join(', ')}`;
}
