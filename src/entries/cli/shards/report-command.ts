import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeCsv } from '../../../base/csv';
import type { ProblemKind } from '../../../base/errors';
import { PROBLEM_KINDS } from '../../../base/problem-kinds';
import { CliError } from '../cli-error';
import type { Command, Invocation } from '../command';
import { textOf } from '../command';
import type { ExitCode } from '../exit-codes';
import { EXIT, exitCodeOf } from '../exit-codes';
import { count, plain } from '../../../engine/sentences';

/** `stapler report` */
export const reportCommand: Command = {
  name: 'report',
  usage: '<results.jsonl>… [--out <report.csv>]',
  purpose: 'Merges the results of "attach --json" from several machines.',
  options: { out: { value: '<report.csv>', help: 'file for all results, as a table' } },
  examples: ['stapler report results/*.jsonl --out report.csv'],
  run,
};

/** A line of `attach --json` about one file. */
interface FileLine {
  readonly workItemId: number;
  readonly file: string;
  readonly name: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly explanation?: string;
}

const GOOD: ReadonlySet<string> = new Set(['attached', 'replaced', 'already-there', 'skipped']);

async function run({ positionals, values, environment, output }: Invocation): Promise<ExitCode> {
  if (positionals.length === 0) throw new CliError('Which results?', reportCommand.examples[0]);
  const files: FileLine[] = [];
  const broken: string[] = [];
  for (const path of positionals) {
    const { lines, isComplete } = await readResults(resolve(environment.cwd, path), path);
    files.push(...lines);
    if (!isComplete) broken.push(path);
  }
  const failed = files.filter(({ outcome }) => !GOOD.has(outcome));
  for (const { workItemId, file, explanation = '' } of failed)
    output.note(`${plain(file)} → ${workItemId}: not attached. ${plain(explanation)}`);
  for (const path of broken) output.note(`${path}: the command did not end. Run it again.`);
  const out = textOf(values, 'out');
  if (out !== undefined) await writeFile(resolve(environment.cwd, out), tableOf(files));
  const countOf = (...outcomes: readonly string[]): number =>
    files.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const totals = {
    attached: countOf('attached', 'replaced'),
    alreadyAttached: countOf('already-there'),
    skipped: countOf('skipped'),
    failed: failed.length,
    incomplete: broken.length,
  };
  const exitCode = broken.length > 0 ? EXIT.failed : exitCodeOf(failed.map(({ reason }) => kindOf(reason)));
  output.json({ type: 'summary', files: files.length, ...totals, exitCode });
  output.line(
    `${count(positionals.length, 'result')}: ${totals.attached} attached, ${totals.alreadyAttached} already attached, ${totals.skipped} skipped, ${totals.failed} failed.`,
  );
  return exitCode;
}

/** Reads the output of one command. It is complete if its last line is a summary. */
async function readResults(
  path: string,
  shown: string,
): Promise<{ readonly lines: readonly FileLine[]; readonly isComplete: boolean }> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CliError(`Can't read "${shown}".`, '', EXIT.failed);
  });
  const objects = text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as Readonly<Record<string, unknown>>];
    } catch {
      // The last line of a process that was killed.
      if (index === text.split('\n').length - 1) return [];
      throw new CliError(
        `"${shown}" is not an output of "attach --json" (line ${index + 1}).`,
        '',
        EXIT.failed,
      );
    }
  });
  const lines = objects.filter(({ type }) => type === 'file') as unknown as readonly FileLine[];
  return { lines, isComplete: objects.at(-1)?.['type'] === 'summary' };
}

function kindOf(reason: string | undefined): ProblemKind {
  return PROBLEM_KINDS.find((kind) => kind === reason) ?? 'refused';
}

function tableOf(files: readonly FileLine[]): string {
  return writeCsv([
    ['Work item', 'File', 'Name', 'Outcome', 'Reason', 'Explanation'],
    ...files.map(({ workItemId, file, name, outcome, reason = '', explanation = '' }) => [
      String(workItemId),
      file,
      name,
      outcome,
      reason,
      explanation,
    ]),
  ]);
}
