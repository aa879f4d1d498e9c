import { workItemTarget } from '../../src/azure/work-item';
import type { Runtime } from '../../src/base/runtime';
import { createLinkScheduler } from '../../src/upload/link-scheduler';
import { createUploadQueue } from '../../src/upload/queue/upload-queue';
import type { PickedFile, Transport } from '../../src/upload/upload';
import { NO_JOURNAL } from '../../src/upload/upload-journal';
import { handleErrors } from '../command.mjs';
import { progress } from '../progress.mjs';

/**
 * CPU time of the queue for files that upload and link at once: everything that a real upload adds is network. 16,000
 * files in one batch, to as many work items as take 100 attachments each.
 */
const FILES = 16_000;
const FILES_PER_WORK_ITEM = 100;

/** Upper bound in seconds; a scan of the list with each change takes about a minute. */
const MAX_CPU_SECONDS = 2;

handleErrors();
void main();

async function main(): Promise<void> {
  const seconds = await progress.step('Measuring the queue', async () => {
    await measure(FILES / 16);
    return measure(FILES);
  });
  const verdict = seconds <= MAX_CPU_SECONDS ? 'ok' : `more than ${MAX_CPU_SECONDS} s`;
  console.log(`queue: ${FILES} instant files in ${seconds.toFixed(2)} s of CPU (${verdict})`);
  if (seconds > MAX_CPU_SECONDS) process.exitCode = 1;
}

/** Uploads and links `count` files. Returns the CPU time in seconds. */
async function measure(count: number): Promise<number> {
  const runtime: Runtime = {
    now: () => Date.now(),
    setTimer(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    random: () => 0.5,
    onConnectivity: () => undefined,
    onReturn: () => undefined,
    onFreeze: () => undefined,
  };
  let stored = 0;
  const transport: Transport = {
    begin: () => ({
      run: () =>
        Promise.resolve({ id: String(++stored), url: `https://dev.azure.com/attachments/${stored}` }),
    }),
  };
  const guard = {
    track: () => undefined,
    prepare: () => Promise.resolve(),
    verify: () => Promise.resolve(),
  };
  const queue = createUploadQueue({ transport, guard, runtime });
  createLinkScheduler({
    queue,
    link: () => Promise.resolve({ revision: 1, failures: new Map() }),
    canLink: () => Promise.resolve(true),
    commentOf: () => '',
    journal: NO_JOURNAL,
    runtime,
  });
  const files = Array.from({ length: count }, (_, index): PickedFile => {
    return { name: `${index}.txt`, size: 1_000, folder: '', source: new Blob() };
  });
  const allLinked = new Promise<void>((resolve) => {
    let linked = 0;
    queue.onChange((changes) => {
      for (const { after } of changes) if (after?.state.status === 'linked' && ++linked === count) resolve();
    });
  });

  const before = process.cpuUsage();
  for (let first = 0; first < count; first += FILES_PER_WORK_ITEM) {
    const target = workItemTarget(1 + first / FILES_PER_WORK_ITEM);
    queue.add(files.slice(first, first + FILES_PER_WORK_ITEM), target);
  }
  await allLinked;
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
