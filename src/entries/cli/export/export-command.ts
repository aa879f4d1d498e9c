import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ProblemKind } from '../../../base/errors';
import type { ExportOptions } from '../../../engine/export/export-items';
import type { IncludedFiles } from '../../../gallery/export/find-sources';
import type { ExportOrder, Since } from '../../../engine/export/plan-files';
import { readIds, readQuery } from '../attach/targets';
import { CliError } from '../cli-error';
import type { Command, Invocation } from '../command';
import { CONNECTION_OPTIONS, textOf } from '../command';
import type { Connected } from '../connect';
import { withEngine } from '../connect';
import type { ExitCode } from '../exit-codes';
import { EXIT, exitCodeOf } from '../exit-codes';
import { readDate } from '../read-date';
import { asCliError, reportExported, reportExportProgress, summarizeExport } from './export-output';

/** `stapler export` */
export const exportCommand: Command = {
  name: 'export',
  usage: '<work items> | --query <query> --out <folder> | <file.zip>',
  purpose:
    'Saves the attachments of work items with a manifest and checksums. After an interruption, the same command continues.',
  options: {
    query: { value: '<query>', help: 'id or address of a saved query, in place of work items' },
    out: { value: '<path>', help: 'new folder, folder of an earlier export, or new zip file' },
    flat: { help: 'all files in one folder, with the number of the work item in each name' },
    include: {
      value: '<kinds>',
      help: 'inline (files that only texts show), comments, removed (of the last 28 days); with commas',
    },
    since: {
      value: '<date or manifest.csv>',
      help: 'only files attached since a date, or those that another export does not have',
    },
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'stapler export 1234,1240 --out evidence',
    'stapler export --query 6f1c0a8e-… --out backup --include inline,comments',
    'stapler export --query 6f1c0a8e-… --out backup.zip',
    'stapler export --query 6f1c0a8e-… --out november --since 2026-11-01',
  ],
  run: (invocation) => withEngine(invocation, (connected) => run(invocation, connected)),
};

async function run(invocation: Invocation, connected: Connected): Promise<ExitCode> {
  const { values, environment, output } = invocation;
  const { engine } = connected;
  const out = textOf(values, 'out');
  if (out === undefined) throw new CliError('Export to where?', exportCommand.examples[0]);
  const order: Omit<ExportOrder, 'folder'> = {
    layout: values['flat'] === true ? 'flat' : 'folders',
    include: readKinds(textOf(values, 'include')),
    ...(await readSince(textOf(values, 'since'), environment.cwd)),
    workItemIds: await readWorkItems(invocation, connected),
  };
  const failed: ProblemKind[] = [];
  const options: ExportOptions = {
    signal: environment.signal,
    onResult(result) {
      reportExported(result, output);
      if (result.outcome === 'failed' || result.outcome === 'failed-item') failed.push(result.problem.kind);
    },
    onProgress: (progress) => reportExportProgress(progress, output),
  };
  // Its packages take time to evaluate, and most other commands need none of them.
  const { exportTo } = await import('../../../engine/export/export-to');
  const path = resolve(environment.cwd, out);
  const progress = await exportTo(engine, path, order, options).catch(asCliError);
  const exitCode = exitCodeOf(failed);
  summarizeExport(progress, out, exitCode, output);
  return exitCode;
}

async function readWorkItems(
  { values, positionals }: Invocation,
  { engine, organization }: Connected,
): Promise<readonly number[]> {
  const query = textOf(values, 'query');
  if (query !== undefined && positionals.length > 0)
    throw new CliError('Pass work items or --query, not both.', exportCommand.examples[1]);
  if (query !== undefined) return readQuery(query, organization, engine.services.connection);
  if (positionals.length === 0) throw new CliError('Which work items?', exportCommand.examples[0]);
  return readIds(positionals.join(','), organization);
}

const KINDS: readonly IncludedFiles[] = ['inline', 'comments', 'removed'];

function readKinds(text = ''): ReadonlySet<IncludedFiles> {
  const words = text.split(',').map((word) => word.trim());
  const kinds = words
    .filter((word) => word !== '')
    .map((word) => KINDS.find((kind) => kind === word) ?? word);
  const unknown = kinds.find((kind) => !(KINDS as readonly string[]).includes(kind));
  if (unknown !== undefined)
    throw new CliError(`--include takes ${KINDS.join(', ')}, not "${unknown}".`, exportCommand.examples[1]);
  return new Set(kinds as readonly IncludedFiles[]);
}

async function readSince(text: string | undefined, cwd: string): Promise<{ readonly since?: Since }> {
  if (text === undefined) return {};
  const at = readDate(text);
  if (at !== undefined) return { since: { kind: 'time', at } };
  const path = resolve(cwd, text);
  if (!(await stat(path).catch(() => undefined)))
    throw new CliError(
      `--since: "${text}" is neither a date nor a file.`,
      exportCommand.examples[3],
      EXIT.usage,
    );
  const { sinceExport } = await import('../../../engine/export/export-to');
  return { since: await sinceExport(path).catch(asCliError) };
}
