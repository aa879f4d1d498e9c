import { applyProxy } from './agent-variables';
import { runTask } from './run-task';

/** Program of the pipeline task: the agent runs it with Node. */
async function main(): Promise<void> {
  const cancellation = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => cancellation.abort());
  applyProxy(process.env);
  // The agent learns the result from a command, not from the exit code.
  await runTask({
    env: process.env,
    cwd: process.cwd(),
    write: (text) => void process.stdout.write(text),
    signal: cancellation.signal,
  });
}

void main();
