import { writeFile } from 'node:fs/promises';
import { scriptQuestions } from '../../src/check/questions';
import { CommandError, describeError, EXIT_INTERRUPTED, handleErrors } from '../command.mjs';
import { progress } from '../progress.mjs';
import { readOptions } from './options';
import { runProbe } from './probe';
import { renderReport, withoutToken } from './report';

const INTERRUPTED = new CommandError('Interrupted.', undefined, EXIT_INTERRUPTED);

handleErrors();
void main();

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const { token, out } = options;
  const interruption = new AbortController();
  // A second signal changes nothing: the remaining clean-up ends by itself.
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const)
    process.on(signal, () => interruption.abort(INTERRUPTED));
  try {
    const report = await progress.step('Asking the organization', (tell: (detail: string) => void) =>
      runProbe(options, scriptQuestions, {
        signal: interruption.signal,
        tell,
        log: (line) => progress.log(line),
      }),
    );
    console.log(withoutToken(renderReport(report), token));
    if (out !== undefined) {
      await writeFile(out, withoutToken(`${JSON.stringify(report, null, 2)}\n`, token));
      console.log(`Written to ${out}`);
    }
    process.exitCode = report.isInterrupted ? EXIT_INTERRUPTED : report.workItem.isDeleted ? 0 : 1;
  } catch (error) {
    // The text of any error may contain the token.
    console.error(withoutToken(describeError(error, process.stderr), token));
    process.exitCode = interruption.signal.aborted ? EXIT_INTERRUPTED : 1;
  }
  // The channel to the parent process would keep this process alive.
  if (process.connected) process.disconnect();
}
