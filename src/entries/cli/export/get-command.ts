import { resolve } from 'node:path';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { formatBytes } from '../../../base/format';
import { downloadFiles, readAttachedFiles, withDownload } from '../../../engine/download/download-files';
import type { DownloadResult } from '../../../engine/download/download-files';
import type { AttachedFile } from '../../../gallery/model/attached-file';
import { joinSplitFiles } from '../../../gallery/model/split-files';
import { hasCode } from '../../../upload/recovery/journal/folder-disk';
import { readId } from '../attach/targets';
import { CliError } from '../cli-error';
import type { Command, Invocation } from '../command';
import { CONNECTION_OPTIONS, textOf } from '../command';
import type { Connected } from '../connect';
import { withEngine } from '../connect';
import type { CliEnvironment } from '../environment';
import type { ExitCode } from '../exit-codes';
import { EXIT, exitCodeOf } from '../exit-codes';
import { count, describeProblem, plain } from '../../../engine/sentences';
import { shownPath } from '../shown-path';
import { asCliError } from './export-output';

/** `--out` for standard output. */
const STANDARD_OUTPUT = '-';

/** `stapler get` */
export const getCommand: Command = {
  name: 'get',
  usage: '<work item> [<name> | <number> | <attachment id>]…',
  purpose: 'Saves attachments of a work item, all of them without names. No file is replaced.',
  options: {
    out: { value: '<folder>', help: 'folder for the files; "-" writes one file to standard output' },
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'stapler get 1234',
    'stapler get 1234 build.log --out evidence',
    'stapler get 1234 3 --out - | less',
  ],
  run: (invocation) => withEngine(invocation, (connected) => run(invocation, connected)),
};

async function run(invocation: Invocation, { engine, organization }: Connected): Promise<ExitCode> {
  const { values, positionals, environment, output } = invocation;
  const { signal } = environment;
  const id = readId(positionals, organization, getCommand);
  const out = textOf(values, 'out') ?? '.';
  if (out === STANDARD_OUTPUT && output.isJson) throw new CliError('--json and --out - exclude each other.');
  const attached = await readAttachedFiles(engine, id, signal);
  const files = chosenOf(attached, positionals.slice(1), id);
  const onProgress = (bytes: number): void => output.progress(`${formatBytes(bytes)} downloaded`);
  if (out === STANDARD_OUTPUT) {
    const [file, ...more] = files;
    if (!file || more.length > 0)
      throw new CliError(`--out - takes one file, not ${files.length}.`, 'Name it, or pass its number.');
    await withDownload(engine, file, (bytes) => writeTo(environment, bytes), { signal, onProgress });
    return EXIT.ok;
  }
  const folder = resolve(environment.cwd, out);
  const results = await downloadFiles(engine, files, folder, { signal, onProgress }).catch(asCliError);
  for (const result of results) report(result, invocation);
  const failed = results.flatMap((result) => (result.outcome === 'failed' ? [result.problem.kind] : []));
  const exitCode = exitCodeOf(failed);
  const totalOf = (outcome: DownloadResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  const [saved, alreadyThere] = [totalOf('saved'), totalOf('already-there')];
  output.json({
    type: 'summary',
    files: results.length,
    saved,
    alreadyThere,
    failed: failed.length,
    exitCode,
  });
  output.line(
    [
      `${count(results.length, 'file')}: ${saved.toLocaleString('en')} saved`,
      alreadyThere > 0 && `${alreadyThere.toLocaleString('en')} already there`,
      failed.length > 0 && `${failed.length.toLocaleString('en')} failed`,
    ]
      .filter(Boolean)
      .join(', ') + '.',
  );
  return exitCode;
}

/**
 * Finds files by their names, GUIDs, or numbers in the list of attachments; a name counts first. The name or GUID of a
 * part of a split file chooses the part alone.
 *
 * @throws CliError for an argument that names none.
 */
function chosenOf(
  attached: readonly AttachedFile[],
  names: readonly string[],
  workItemId: number,
): readonly AttachedFile[] {
  const files = joinSplitFiles(attached);
  if (names.length === 0) return files;
  const chosen = names.flatMap((text) => {
    const hasName = ({ name }: AttachedFile): boolean => name.normalize('NFC') === text.normalize('NFC');
    const byName = files.some(hasName) ? files.filter(hasName) : attached.filter(hasName);
    if (byName.length > 0) return byName;
    const file =
      attached.find(({ reference }) => reference.id === text.toLowerCase()) ??
      (/^\d+$/.test(text) ? files[Number(text) - 1] : undefined);
    if (!file)
      throw new CliError(
        `Work item ${workItemId} has no attachment "${plain(text)}".`,
        `Run "stapler list ${workItemId}" for their names.`,
        EXIT.failed,
      );
    return [file];
  });
  return [...new Set(chosen)];
}

function report(result: DownloadResult, { environment, output }: Invocation): void {
  const { file, outcome } = result;
  const { workItemId, reference, name } = file;
  const facts = { type: 'file', outcome, workItemId, id: reference.id, name };
  if (result.outcome === 'failed') {
    const explanation = describeProblem(result.problem);
    output.json({ ...facts, reason: result.problem.kind, explanation });
    output.note(`${plain(name)}: not saved. ${explanation}`);
    return;
  }
  const { path, saved } = result;
  const parts = file.volumes?.facts.count;
  const shown = shownPath(path, environment.cwd);
  output.json({
    ...facts,
    path: shown,
    ...(parts !== undefined && { parts }),
    bytes: saved.size,
    sha256: saved.sha256,
  });
  output.line(`${plain(shown)}: ${outcome === 'saved' ? 'saved' : 'already there'}`);
}

/** Writes bytes at the speed of the reader, until it has enough. */
async function writeTo({ stdout }: CliEnvironment, bytes: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const chunk of bytes)
      if (stdout.write(chunk) === false) await once(stdout as unknown as Writable, 'drain');
  } catch (error) {
    if (!hasCode(error, 'EPIPE') && !hasCode(error, 'ERR_STREAM_DESTROYED')) throw error;
  }
}
