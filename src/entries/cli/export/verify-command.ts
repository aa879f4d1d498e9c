import { resolve } from 'node:path';
import { formatBytes } from '../../../base/format';
import type { ExportFault } from '../../../engine/export/verify-export';
import { verifyExport } from '../../../engine/export/verify-export';
import { CliError } from '../cli-error';
import type { Command, Invocation } from '../command';
import type { ExitCode } from '../exit-codes';
import { EXIT } from '../exit-codes';
import { count, plain } from '../../../engine/sentences';
import { asCliError } from './export-output';

/** `stapler verify` */
export const verifyCommand: Command = {
  name: 'verify',
  usage: '<folder or manifest.csv>',
  purpose: 'Compares the files of an export with its manifest. Needs no network.',
  options: {},
  examples: ['stapler verify backup', 'stapler verify backup/manifest.csv --json'],
  run,
};

const SENTENCES: Readonly<Record<ExportFault['kind'], string>> = {
  missing: 'missing',
  changed: 'changed since the export',
  extra: 'not in the manifest',
  unreadable: "can't be read",
  outside: 'outside of the folder, and was not read',
};

async function run({ positionals, environment, output }: Invocation): Promise<ExitCode> {
  const [path, other] = positionals;
  if (path === undefined || other !== undefined)
    throw new CliError('Pass the folder of one export.', verifyCommand.examples[0]);
  const { files, bytes, faults } = await verifyExport(resolve(environment.cwd, path), {
    signal: environment.signal,
    onFault(fault) {
      output.json({ type: 'fault', fault: fault.kind, path: fault.path });
      output.note(`${plain(fault.path)}: ${SENTENCES[fault.kind]}`);
    },
    onProgress: (progress) =>
      output.progress(`${count(progress.files, 'file')} compared, ${formatBytes(progress.bytes)} read`),
  }).catch(asCliError);
  const exitCode = faults === 0 ? EXIT.ok : EXIT.failed;
  output.json({ type: 'summary', files, bytes, faults, exitCode });
  const result = faults === 0 ? 'all as in the manifest' : `${count(faults, 'difference')} from the manifest`;
  output.line(`${count(files, 'file')}, ${formatBytes(bytes)}: ${result}.`);
  return exitCode;
}
