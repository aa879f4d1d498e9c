import { formatBytes } from '../../../base/format';
import { ExportFolderError } from '../../../engine/export/export-folder';
import type { ExportProgress, ExportResult } from '../../../engine/export/export-items';
import { CliError } from '../cli-error';
import type { ExitCode } from '../exit-codes';
import { EXIT } from '../exit-codes';
import type { Output } from '../output';
import { count, describeProblem, labelOf, plain } from '../../../engine/sentences';

/** Throws an error about a folder as a sentence, and any other error unchanged. */
export function asCliError(error: unknown): never {
  if (error instanceof ExportFolderError) throw new CliError(plain(error.message), '', EXIT.failed);
  throw error;
}

/** Shows the progress of an export. */
export function reportExportProgress({ saved, alreadyThere, bytes }: ExportProgress, output: Output): void {
  const there = alreadyThere > 0 ? `, ${count(alreadyThere, 'file was', 'files were')} there already` : '';
  output.progress(`${count(saved, 'file')} saved, ${formatBytes(bytes)} downloaded${there}`);
}

/** Prints the result for one file. What was there already is only counted. */
export function reportExported(result: ExportResult, output: Output): void {
  switch (result.outcome) {
    case 'saved':
    case 'already-there': {
      const { workItemId, name, path, attachmentId, size, sha256, source } = result.file;
      output.json({
        ...{ type: 'file', outcome: result.outcome, workItemId, path, name },
        ...(attachmentId !== '' && { id: attachmentId }),
        ...{ bytes: size, sha256, source },
      });
      if (result.outcome === 'saved') output.line(plain(path));
      return;
    }
    case 'failed-item': {
      const { workItemId, problem } = result;
      const explanation = describeProblem(problem);
      output.json({ type: 'error', workItemId, reason: problem.kind, explanation });
      output.note(`${labelOf(workItemId, '')}: ${explanation}`);
      return;
    }
    default: {
      const { outcome, problem } = result;
      const { workItemId, name, attachmentId, source } = result.source;
      const explanation = EXPLANATIONS[outcome] ?? describeProblem(problem);
      output.json({
        ...{ type: 'file', outcome, workItemId, name, ...(attachmentId !== '' && { id: attachmentId }) },
        ...{ source, reason: problem.kind, explanation },
      });
      output.note(`${labelOf(workItemId, '')}, ${plain(name)}: not saved. ${explanation}`);
    }
  }
}

/** Explanations of files that cannot be had, and are no failures. */
const EXPLANATIONS: Readonly<Partial<Record<ExportResult['outcome'], string>>> = {
  gone: 'The server does not have it anymore.',
  elsewhere: 'A text shows it from another server.',
};

/** Prints the totals of an export. */
export function summarizeExport(
  { saved, alreadyThere, failed, bytes }: ExportProgress,
  out: string,
  exitCode: ExitCode,
  output: Output,
): void {
  output.json({ type: 'summary', out, saved, alreadyThere, failed, bytes, exitCode });
  const parts = [
    `${count(saved, 'file')} saved (${formatBytes(bytes)})`,
    alreadyThere > 0 && `${alreadyThere.toLocaleString('en')} already there`,
    failed > 0 && `${failed.toLocaleString('en')} failed`,
  ];
  output.line(`${plain(out)}: ${parts.filter(Boolean).join(', ')}.`);
}
