import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { planAttach } from '../../../engine/attach/attach';
import { rowsOfPlan } from '../../../engine/attach/plan-order';
import { cutPlan, manifestOf } from '../../../engine/shards/cut-plan';
import { attachCommand, orderOf } from '../attach/attach-command';
import { reportResult } from '../attach/attach-output';
import { CliError } from '../cli-error';
import type { Command, Invocation } from '../command';
import { textOf } from '../command';
import type { Connected } from '../connect';
import { withEngine } from '../connect';
import type { ExitCode } from '../exit-codes';
import { createPolicyWarning } from '../policy/policy-options';
import { createCheckReport } from '../rules/check-output';
import { count } from '../../../engine/sentences';

/** Those of `attach`, which this command only plans. */
const OPTIONS = Object.fromEntries(
  Object.entries(attachCommand.options).filter(([name]) => name !== 'dry-run'),
);

/** Most machines of a matrix in Azure Pipelines. */
const MAX_SHARDS = 99;

/** `stapler plan` */
export const planCommand: Command = {
  name: 'plan',
  usage: `${attachCommand.usage} [--shards <number> --out <folder>]`,
  purpose: 'Shows what "attach" would do, and cuts it into lists for several machines.',
  options: {
    shards: { value: '<number>', help: `number of lists, up to ${MAX_SHARDS}` },
    out: { value: '<folder>', help: 'folder for the lists shard-1.csv, shard-2.csv …' },
    ...OPTIONS,
  },
  examples: [
    'stapler plan --query 6f1c0a8e-… --by-name evidence/',
    'stapler plan --manifest list.csv --shards 8 --out shards',
  ],
  run: (invocation) => withEngine(invocation, (connected) => run(invocation, connected)),
};

async function run(invocation: Invocation, connected: Connected): Promise<ExitCode> {
  const cut = cutOf(invocation);
  const order = await orderOf(invocation, connected);
  const onCheck = createCheckReport(invocation, order.files.length);
  const { signal } = invocation.environment;
  const onPolicyProblem = createPolicyWarning(invocation.output);
  // A list names whole files: they are split when it is attached.
  const planned = await planAttach(connected.engine, cut ? { ...order, overLimit: 'send' } : order, {
    ...{ signal, onCheck, onPolicyProblem },
  });
  if (cut) await writeShards(invocation, planned, cut);
  if (cut && order.overLimit !== undefined)
    invocation.output.note(
      `The lists name whole files. Use "--over-limit ${order.overLimit}" again when you attach them.`,
    );
  return reportResult({ ...planned.plan, rows: rowsOfPlan(planned) }, invocation, {
    fileCount: order.files.length,
    isPlan: true,
    isBrief: cut !== undefined,
  });
}

/** Lists to write. */
interface Cut {
  readonly shards: number;
  /** Absolute. */
  readonly folder: string;
}

function cutOf({ values, environment }: Invocation): Cut | undefined {
  const [shards, out] = [textOf(values, 'shards'), textOf(values, 'out')];
  if (shards === undefined && out === undefined) return undefined;
  if (shards === undefined || out === undefined)
    throw new CliError('--shards and --out belong together.', planCommand.examples[1]);
  if (!/^[1-9]\d?$/.test(shards)) throw new CliError(`--shards must be a number from 1 to ${MAX_SHARDS}.`);
  return { shards: Number(shards), folder: resolve(environment.cwd, out) };
}

async function writeShards(
  { output }: Invocation,
  planned: Parameters<typeof cutPlan>[0],
  { shards, folder }: Cut,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, pairs] of cutPlan(planned, shards).entries()) {
    const path = join(folder, `shard-${index + 1}.csv`);
    await writeFile(path, manifestOf(pairs, folder));
    const items = new Set(pairs.map(({ workItemId }) => workItemId)).size;
    output.json({ type: 'shard', path, files: pairs.length, workItems: items });
    output.line(`${path}: ${count(pairs.length, 'file')} for ${count(items, 'work item')}`);
  }
}
