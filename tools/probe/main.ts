import { writeFile } from 'node:fs/promises';
import { readOptions, usage, type ProbeOptions } from './options';
import { runProbe } from './probe';
import { scriptQuestions } from '../../src/check/questions';
import { renderReport, withoutToken } from './report';

/** Exit code of an interrupted program in a shell. */
const interrupted = 130;

void main();

async function main(): Promise<void> {
  const options = askedFor(process.argv.slice(2));
  if (!options) return;
  const { token, out } = options;
  const interruption = new AbortController();
  // A second signal changes nothing: the remaining clean-up ends by itself.
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const)
    process.on(signal, () => interruption.abort(new Error('interrupted')));
  try {
    const report = await runProbe(options, scriptQuestions, {
      signal: interruption.signal,
      tell: (line) => void process.stderr.write(`${withoutToken(line, token)}\n`),
    });
    console.log(`\n${withoutToken(renderReport(report), token)}`);
    if (out !== undefined) {
      await writeFile(out, withoutToken(`${JSON.stringify(report, null, 2)}\n`, token));
      console.log(`Written to ${out}`);
    }
    process.exitCode = report.isInterrupted ? interrupted : report.workItem.isDeleted ? 0 : 1;
  } catch (error) {
    console.error(withoutToken(messageOf(error), token));
    process.exitCode = interruption.signal.aborted ? interrupted : 1;
  }
  // The channel to the parent process would keep this process alive.
  if (process.connected) process.disconnect();
}

/** Returns the options, or `undefined` for help and invalid arguments. */
function askedFor(args: readonly string[]): ProbeOptions | undefined {
  try {
    if (!args.includes('--help')) return readOptions(args, process.env);
    console.log(usage);
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${usage}`);
    process.exitCode = 2;
  }
  if (process.connected) process.disconnect();
  return undefined;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
