import { homedir } from 'node:os';
import { createNodeRuntime } from '../../base/node-runtime';
import { EXIT } from './exit-codes';
import { runCli } from './run-cli';

/** Runs the program of the command line with the arguments of this process, and sets its exit code. */
export async function main(): Promise<void> {
  const interruption = new AbortController();
  let isInterrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      // The second one ends the process, in case the first one cannot.
      if (isInterrupted) process.exit(EXIT.interrupted);
      isInterrupted = true;
      interruption.abort();
    });
  // The reader of a pipe may end first, such as `head`. Commands that change something go on.
  process.stdout.on('error', () => undefined);
  process.exitCode = await runCli(process.argv.slice(2), {
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    platform: process.platform,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    runtime: createNodeRuntime(),
    signal: interruption.signal,
  });
}
