import { formatBytes } from '../../../base/format';
import type { RestoreResult, RestoreRow } from '../../../engine/history/restore';
import { restore } from '../../../engine/history/restore';
import { describeUnread } from '../../../gallery/sentences';
import { CliError } from '../cli-error';
import type { Command, Invocation } from '../command';
import { CONNECTION_OPTIONS } from '../command';
import type { Connected } from '../connect';
import { withEngine } from '../connect';
import type { ExitCode } from '../exit-codes';
import { EXIT, exitCodeOf } from '../exit-codes';
import { count, describeProblem, labelOf, plain } from '../../../engine/sentences';
import { readId } from '../attach/targets';

/** `stapler restore` */
export const restoreCommand: Command = {
  name: 'restore',
  usage: '<work item> [<name or id of a removed file>…]',
  purpose: 'Attaches removed files again, if Azure DevOps still has them.',
  options: {
    all: { help: 'all removed files of the work item' },
    'as-copy': { help: 'downloads the files and attaches them as new copies' },
    'dry-run': { help: 'checks whether the files can be read, and changes nothing' },
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'stapler restore 1234 build.log',
    'stapler restore 1234 --all --as-copy',
    'stapler restore 1234 --all --dry-run',
  ],
  run: (invocation) => withEngine(invocation, (connected) => run(invocation, connected)),
};

async function run(invocation: Invocation, { engine, organization }: Connected): Promise<ExitCode> {
  const { values, positionals, environment, output } = invocation;
  const workItemId = readId(positionals, organization, restoreCommand);
  const names = positionals.slice(1);
  const isAll = values['all'] === true;
  if (isAll && names.length > 0) throw new CliError('--all and names of files exclude each other.');
  if (!isAll && names.length === 0)
    throw new CliError('Which files?', `"stapler history ${workItemId}" lists them; --all restores all.`);
  const isCopy = values['as-copy'] === true;
  const isDryRun = values['dry-run'] === true;
  const result = await restore(
    engine,
    { workItemId, files: isAll ? 'all' : names, isCopy, isDryRun },
    {
      signal: environment.signal,
      onProgress: (done) =>
        output.progress(
          isCopy && !isDryRun ? `${formatBytes(done)} read and sent` : `${count(done, 'file')} checked`,
        ),
    },
  );
  const label = labelOf(workItemId, result.workItem.type);
  assertClear(result, label);
  return report(result.rows, { label, isCopy, workItemId }, invocation);
}

/** @throws CliError if a name stands for no file, or for several. */
function assertClear({ unknown: [name], ambiguous, workItem }: RestoreResult, label: string): void {
  const [several] = ambiguous;
  if (several)
    throw new CliError(
      `${label} has ${several[1].length} removed files with the name "${plain(several[0])}".`,
      `Pass an id: ${several[1].map(({ file }) => file.reference.id).join(', ')}. "stapler history ${workItem.id} --json" tells more.`,
      EXIT.failed,
    );
  if (name !== undefined)
    throw new CliError(
      `${label} has no removed file "${plain(name)}".`,
      `"stapler history ${workItem.id}" lists the files.`,
      EXIT.failed,
    );
}

const WORDS: Readonly<Record<RestoreRow['outcome'], string>> = {
  restored: 'restored',
  copied: 'restored as a new copy',
  'already-attached': 'already attached',
  restorable: 'can be restored',
  unreadable: "can't be restored",
  failed: 'not restored',
};

function report(
  rows: readonly RestoreRow[],
  facts: { readonly label: string; readonly isCopy: boolean; readonly workItemId: number },
  { output }: Invocation,
): ExitCode {
  const { label, isCopy, workItemId } = facts;
  for (const { file, outcome, problem } of rows) {
    const explanation = problem && explain(file.name, outcome, problem);
    output.json({
      type: 'file',
      outcome,
      workItemId,
      id: file.reference.id,
      name: file.name,
      ...(problem && { reason: problem.kind, explanation }),
    });
    const text = `${plain(file.name)} → ${label}: ${WORDS[outcome]}`;
    if (explanation === undefined) output.line(text);
    else output.note(`${text}. ${explanation}`);
  }
  const exitCode = exitCodeOf(rows.flatMap(({ problem }) => problem?.kind ?? []));
  const totalOf = (...outcomes: readonly RestoreRow['outcome'][]): number =>
    rows.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const totals = {
    restored: totalOf('restored', 'copied'),
    restorable: totalOf('restorable'),
    alreadyAttached: totalOf('already-attached'),
    failed: totalOf('unreadable', 'failed'),
  };
  output.json({ type: 'summary', workItemId, files: rows.length, ...totals, exitCode });
  if (rows.length === 0) output.line(`${label} has no removed files.`);
  if (!isCopy && totals.restored + totals.restorable > 0)
    output.line(
      "Azure DevOps keeps removed files for 28 days. It isn't known whether a restored file is kept for longer. A new copy is (--as-copy).",
    );
  return exitCode;
}

function explain(
  name: string,
  outcome: RestoreRow['outcome'],
  problem: NonNullable<RestoreRow['problem']>,
): string {
  if (outcome !== 'unreadable') return describeProblem(problem);
  // The marks around a name are for pages.
  return describeUnread(problem, plain(name)).replace(/[\u2068\u2069]/g, '');
}
