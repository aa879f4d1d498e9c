import { parseArgs } from 'node:util';
import { startStandIn, type StandIn } from './stand-in';

/** Ports tried after the wanted one before giving up. */
const portsToTry = 50;

const { values } = parseArgs({
  options: {
    server: { type: 'boolean', default: false },
    port: { type: 'string', default: '4800' },
    watch: { type: 'boolean', default: false },
  },
});

void main();

async function main(): Promise<void> {
  const standIn = await startOnFreePort(Number(values.port));
  console.log(`Stapler is ready: ${standIn.hostUrl}`);
  for (const end of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(end, () => void stop(standIn));
}

async function stop(standIn: StandIn): Promise<void> {
  await standIn.close();
  process.exit(0);
}

async function startOnFreePort(wanted: number): Promise<StandIn> {
  for (let hostPort = wanted; ; hostPort++) {
    try {
      return await startStandIn({
        mode: values.server ? 'server' : 'services',
        hostPort,
        watch: values.watch,
        extensionFolder: process.cwd(),
      });
    } catch (error) {
      if (!isPortTaken(error) || hostPort >= wanted + portsToTry) throw error;
    }
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
