import type { AttachOrder } from '../../../engine/attach/attach-order';
import { attach, planAttach } from '../../../engine/attach/attach';
import { rowsOfPlan } from '../../../engine/attach/plan-order';
import type { OverLimit } from '../../../engine/attach/treat-large-files';
import { OVER_LIMIT } from '../../../engine/attach/treat-large-files';
import { plain } from '../../../engine/sentences';
import type { OnDuplicate } from '../../../engine/attach/attach-order';
import { FolderInUseError } from '../../../upload/recovery/journal/folder-lock';
import { CliError } from '../cli-error';
import type { Command, Invocation } from '../command';
import { CONNECTION_OPTIONS, textOf } from '../command';
import type { Connected } from '../connect';
import { withEngine } from '../connect';
import type { ExitCode } from '../exit-codes';
import { EXIT } from '../exit-codes';
import { expandFiles } from '../expand-files';
import { createPolicyWarning, POLICY_OPTIONS, policyOf } from '../policy/policy-options';
import { createCheckReport } from '../rules/check-output';
import { RULE_OPTIONS, rulesOf } from '../rules/rule-options';
import { reportProgress, reportResult } from './attach-output';
import type { Targets } from './targets';
import { byName, filesOfManifest, readIds, readQuery, readTargetsOfManifest } from './targets';

/** `stapler attach` */
export const attachCommand: Command = {
  name: 'attach',
  usage: '<work items> <files>… | --query <query> [--by-name] <files>… | --manifest <list.csv> [<files>…]',
  purpose:
    'Attaches files to work items, each exactly once. After an interruption, the same command continues.',
  options: {
    query: { value: '<query>', help: 'id or address of a saved query, in place of work items' },
    'by-name': { help: 'each file goes to the work item whose number is in its name or folder' },
    pattern: { value: '<pattern>', help: 'form of the names for --by-name, such as "{id}_*"' },
    manifest: {
      value: '<list.csv>',
      help: 'list with the columns Work item and File; Name and Comment are optional',
    },
    comment: { value: '<text>', help: 'comment of all files; of one file: "b.log#its comment"' },
    'on-duplicate': {
      value: '<action>',
      choices: ['keep', 'same-name', 'skip', 'replace'],
      help: 'for a name that is there with another content: number it (default), keep both names, skip or replace',
    },
    'over-limit': {
      value: '<action>',
      choices: OVER_LIMIT,
      notOffered: {
        shrink:
          'The command line has no codecs to make images and videos smaller. Use "--over-limit zip" or "--over-limit split", or shrink the file in the browser.',
      },
      help: 'for a file over the limit of 60 MB: "zip" puts it into a zip if that fits, "split" attaches parts that 7-Zip, cat and copy /b join, "skip" leaves it out, "fail" does not send it',
    },
    ...RULE_OPTIONS,
    ...POLICY_OPTIONS,
    'dry-run': { help: 'prints the plan, and changes nothing' },
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'stapler attach 1234 screenshot.png "build.log#fails in step 3"',
    'stapler attach 1234,1240 report.pdf --comment "Load test of May"',
    'stapler attach --query 6f1c0a8e-… --by-name evidence/',
    'stapler attach 1234 recording.mp4 --over-limit split',
    'stapler attach 1234 server.log --over-limit zip',
    'stapler attach --manifest list.csv --dry-run',
  ],
  run: (invocation) => withEngine(invocation, (connected) => run(invocation, connected)),
};

async function run(invocation: Invocation, connected: Connected): Promise<ExitCode> {
  const { values, environment, output } = invocation;
  const { engine } = connected;
  const order = await orderOf(invocation, connected);
  const fileCount = order.files.length;
  const onCheck = createCheckReport(invocation, fileCount);
  const onPolicyProblem = createPolicyWarning(output);
  if (values['dry-run'] === true) {
    const planned = await planAttach(engine, order, {
      ...{ signal: environment.signal, onCheck, onPolicyProblem },
    });
    const plan = { ...planned.plan, rows: rowsOfPlan(planned) };
    return reportResult(plan, invocation, { fileCount, isPlan: true });
  }
  const result = await attach(engine, order, {
    ...{ signal: environment.signal, onCheck, onPolicyProblem },
    onProgress: (progress) => reportProgress(progress, connected.budget.getSnapshot(), output),
    onNoJournal: () =>
      output.note(
        "The state folder can't be written: if this command is interrupted, it can't be continued.",
      ),
  }).catch((error: unknown) => {
    throw error instanceof FolderInUseError ? runningElsewhere(error) : error;
  });
  return reportResult(result, invocation, { fileCount, isPlan: false });
}

function runningElsewhere({ pid, host }: FolderInUseError): CliError {
  return new CliError(
    `The same command runs already, in process ${pid} on ${plain(host)}.`,
    'Wait for its end. If it is interrupted, this one continues it.',
    EXIT.failed,
  );
}

/** Reads the arguments of `attach` and `plan`. @throws CliError */
export async function orderOf(invocation: Invocation, connected: Connected): Promise<AttachOrder> {
  const { values, environment } = invocation;
  const { cwd } = environment;
  const { targets, fileArgs } = await targetsOf(invocation, connected);
  const manifest = textOf(values, 'manifest');
  const isOfManifest = manifest !== undefined && fileArgs.length === 0;
  const files = isOfManifest ? filesOfManifest(targets, manifest, cwd) : await expandFiles(fileArgs, cwd);
  if (files.length === 0) throw new CliError('Which files?', attachCommand.examples[0]);
  const comment = textOf(values, 'comment');
  const onDuplicate = textOf(values, 'on-duplicate') as OnDuplicate | undefined;
  const overLimit = textOf(values, 'over-limit') as OverLimit | undefined;
  const rules = rulesOf(values);
  return {
    ...targets,
    files,
    keepsFolders: !isOfManifest,
    ...(comment !== undefined && { comment }),
    ...(onDuplicate !== undefined && { onDuplicate }),
    ...(overLimit !== undefined && { overLimit }),
    ...(rules && { rules }),
    policy: await policyOf(invocation),
  };
}

async function targetsOf(
  { values, positionals, environment }: Invocation,
  { organization, engine }: Connected,
): Promise<{ readonly targets: Targets; readonly fileArgs: readonly string[] }> {
  const [query, manifest] = [textOf(values, 'query'), textOf(values, 'manifest')];
  const isByName = values['by-name'] === true;
  if (query !== undefined && manifest !== undefined)
    throw new CliError('--query and --manifest exclude each other: a list names its work items.');
  if (manifest !== undefined)
    return {
      targets: await readTargetsOfManifest(manifest, environment.cwd, organization),
      fileArgs: positionals,
    };
  const mapping = isByName ? byName(textOf(values, 'pattern')) : ({ kind: 'all' } as const);
  if (query !== undefined) {
    const workItemIds = await readQuery(query, organization, engine.services.connection);
    return { targets: { workItemIds, mapping }, fileArgs: positionals };
  }
  const [ids, ...fileArgs] = positionals;
  if (ids === undefined) throw new CliError('Which work items?', attachCommand.examples[0]);
  return { targets: { workItemIds: readIds(ids, organization), mapping }, fileArgs };
}
