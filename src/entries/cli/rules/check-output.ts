import type { FileCheck } from '../../../engine/rules/check-files';
import { describeCheck } from '../../../engine/rules/describe-check';
import { count, plain } from '../../../engine/sentences';
import type { Invocation } from '../command';
import type { JsonLine } from '../output';
import { shownPath } from '../shown-path';

/** Creates the report of checks: it prints what the rules did with each file, and the progress. */
export function createCheckReport(
  { environment, output }: Pick<Invocation, 'environment' | 'output'>,
  fileCount: number,
): (check: FileCheck) => void {
  let checked = 0;
  return (check) => {
    const name = plain(shownPath(check.path, environment.cwd));
    for (const { text, isWarning } of describeCheck(check, name))
      (isWarning ? output.note : output.line)(text);
    for (const line of linesOf(check, name)) output.json(line);
    checked++;
    output.progress(`${checked.toLocaleString('en')} of ${count(fileCount, 'file')} checked`);
  };
}

function linesOf({ metadata, secrets }: FileCheck, file: string): readonly JsonLine[] {
  const lines: JsonLine[] = [];
  if (metadata) {
    const { kind: outcome, ...facts } = metadata;
    lines.push({ type: 'metadata', file, outcome, ...facts });
  }
  if (secrets?.kind === 'not-scanned')
    lines.push({ type: 'secrets', file, outcome: 'not-scanned', reason: secrets.reason });
  if (secrets?.kind === 'found') {
    const { outcome, count: total, counts } = secrets;
    const findings = secrets.findings.map(({ rule, line, column, excerpt }) => ({
      rule,
      line,
      column,
      excerpt,
    }));
    lines.push({ type: 'secrets', file, outcome, count: total, findings, ...(counts && { counts }) });
  }
  return lines;
}
