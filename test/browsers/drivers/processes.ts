import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Program in a process group of its own. */
export interface Program {
  readonly child: ChildProcess;
  /** Ends the whole group and waits for it. */
  stop(): Promise<void>;
}

/**
 * Starts a program. Its group ends with this process at the latest.
 *
 * @param stdio As in `spawn`; default: no input and output.
 */
export function startProgram(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdio: 'ignore' | readonly ('ignore' | 'pipe')[] = 'ignore',
): Program {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    detached: true,
    stdio: typeof stdio === 'string' ? stdio : [...stdio],
  });
  const exited = once(child, 'exit');
  const kill = (): void => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // The group has ended.
    }
  };
  process.once('exit', kill);
  return {
    child,
    async stop() {
      process.off('exit', kill);
      kill();
      if (child.exitCode === null && child.signalCode === null) await exited;
    },
  };
}

/** Starts an X server on a free display. Resolves with the program and the display, such as `:1`. */
export async function startDisplay(): Promise<{ program: Program; display: string }> {
  const args = ['-displayfd', '3', '-screen', '0', '1400x1200x24', '-nolisten', 'tcp'];
  const program = startProgram('Xvfb', args, {}, ['ignore', 'ignore', 'ignore', 'pipe']);
  const pipe = program.child.stdio[3];
  if (!pipe) throw new Error('Xvfb has no pipe for its display.');
  const [number] = (await once(pipe, 'data')) as [Buffer];
  return { program, display: `:${number.toString().trim()}` };
}

/** Port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
