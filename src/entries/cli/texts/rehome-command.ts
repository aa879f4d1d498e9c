import { parseUrl } from '../../../azure/organization-urls';
import { isLoopback } from '../../../azure/rest/token-guard';
import type { Credential } from '../../../engine/credential';
import { credentialOf } from '../../../engine/credential';
import { createOtherNetwork } from '../../../engine/network';
import { createOtherOrganization, isBelowUrl } from '../../../engine/texts/other-organization';
import type { RehomedImage, RehomedItem } from '../../../engine/texts/rehome';
import { readIds, readQuery } from '../attach/targets';
import { CliError } from '../cli-error';
import type { Command, Invocation } from '../command';
import { CONNECTION_OPTIONS, textOf } from '../command';
import type { Connected } from '../connect';
import { withEngine } from '../connect';
import type { ExitCode } from '../exit-codes';
import { EXIT, exitCodeOf } from '../exit-codes';
import type { Output } from '../output';
import { createPolicyWarning, POLICY_OPTIONS, policyOf } from '../policy/policy-options';
import { count, describeProblem, labelOf, plain } from '../../../engine/sentences';

/** `stapler rehome` */
export const rehomeCommand: Command = {
  name: 'rehome',
  usage: '<work items> | --query <query> --from <url>',
  purpose: 'Copies images that texts show from another organization, and makes the texts show the copies.',
  options: {
    from: { value: '<url>', help: 'the other organization or server; only addresses below it are read' },
    'from-token-env': { value: '<name>', help: 'environment variable with the token for --from' },
    query: { value: '<query>', help: 'id or address of a saved query, in place of work items' },
    comments: { help: 'images in comments as well' },
    'dry-run': { help: 'lists the images, and changes nothing' },
    ...POLICY_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  examples: [
    'stapler rehome 1234 --from https://dev.azure.com/contoso --from-token-env CONTOSO_TOKEN',
    'stapler rehome --query 6f1c0a8e-… --from https://dev.azure.com/contoso --dry-run',
  ],
  run: (invocation) => withEngine(invocation, (connected) => run(invocation, connected)),
};

async function run(invocation: Invocation, connected: Connected): Promise<ExitCode> {
  const { values, environment, output } = invocation;
  const { engine, organization } = connected;
  const url = readFrom(invocation, organization);
  const credential = readCredential(invocation, url);
  const workItemIds = await readTargets(invocation, connected);
  const isDryRun = values['dry-run'] === true;
  const policy = await policyOf(invocation);
  const network = createOtherNetwork(url, engine.services.runtime);
  try {
    const from = createOtherOrganization({
      ...{ url, stack: network.stack, runtime: engine.services.runtime },
      ...(credential && { credential }),
    });
    // Its packages take time to evaluate, and most other commands need none of them.
    const { rehome } = await import('../../../engine/texts/rehome');
    const items = await rehome(
      engine,
      { workItemIds, from, withComments: values['comments'] === true, isDryRun, policy },
      {
        signal: environment.signal,
        onPolicyProblem: createPolicyWarning(output),
        onItem: (item) => reportItem(item, output),
        onProgress: (done) =>
          output.progress(`${done.toLocaleString('en')} of ${count(workItemIds.length, 'work item')} done`),
      },
    );
    return summarize(items, { isDryRun, itemCount: workItemIds.length }, output);
  } finally {
    await network.close();
  }
}

/** @throws CliError */
function readFrom({ values }: Invocation, organization: string): string {
  const text = textOf(values, 'from');
  if (text === undefined) throw new CliError('From which organization?', rehomeCommand.examples[0]);
  const url = parseUrl(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new CliError(
      `--from must be an address, such as https://dev.azure.com/contoso, not "${plain(text)}".`,
    );
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}/`;
  if (isBelowUrl(organization, base))
    throw new CliError('--from must be another organization than --organization.');
  return base;
}

/** @throws CliError */
function readCredential({ values, environment, output }: Invocation, url: string): Credential | undefined {
  const name = textOf(values, 'from-token-env');
  if (name === undefined) return undefined;
  const token = environment.env[name]?.trim();
  if (!token)
    throw new CliError(
      `The environment variable ${plain(name)} of --from-token-env is not set.`,
      '',
      EXIT.denied,
    );
  output.hide(token);
  const from = new URL(url);
  if (from.protocol === 'http:' && !isLoopback(from))
    throw new CliError('--from must begin with https://, because a token is sent to it.');
  return credentialOf(token);
}

async function readTargets(
  { values, positionals }: Invocation,
  { engine, organization }: Connected,
): Promise<readonly number[]> {
  const query = textOf(values, 'query');
  if (query !== undefined && positionals.length > 0)
    throw new CliError('--query and work items exclude each other.');
  if (query !== undefined) return readQuery(query, organization, engine.services.connection);
  if (positionals.length === 0) throw new CliError('Which work items?', rehomeCommand.examples[0]);
  return readIds(positionals.join(','), organization);
}

const WORDS: Readonly<Record<RehomedImage['outcome'], string>> = {
  found: 'to be copied',
  copied: 'copied',
  'no-image': "not copied. It isn't an image.",
  'too-long': 'not copied. Its text is longer than 5 MB.',
  failed: 'not copied.',
};

function reportItem(
  { workItemId, workItemType, images, texts, isCut, problem }: RehomedItem,
  output: Output,
): void {
  const label = labelOf(workItemId, workItemType);
  for (const { address, outcome, problem: reason } of images) {
    const explanation = reason && explain(reason);
    output.json({
      type: 'image',
      outcome,
      workItemId,
      address,
      ...(reason && { reason: reason.kind, explanation }),
    });
    const text = `${label}, ${plain(address)}: ${WORDS[outcome]}`;
    if (outcome === 'found') output.line(text);
    else if (outcome !== 'copied') output.note([text, explanation].filter(Boolean).join(' '));
  }
  const copied = totalOf([{ images }], 'copied');
  output.json({
    type: 'work-item',
    workItemId,
    copied,
    texts,
    isCut,
    ...(problem && { reason: problem.kind, explanation: describeProblem(problem) }),
  });
  if (problem) output.note(`${label}: not changed. ${describeProblem(problem)}`);
  else if (copied > 0)
    output.line(`${label}: ${count(copied, 'image')} copied (${texts.map(plain).join(', ')})`);
  if (isCut) output.note(`${label}: has more images. Run the same command again.`);
}

/** The sentence for a page speaks of a tab. */
function explain(problem: NonNullable<RehomedImage['problem']>): string {
  return problem.kind === 'elsewhere' ? plain(problem.serverMessage ?? '') : describeProblem(problem);
}

function totalOf(
  items: readonly Pick<RehomedItem, 'images'>[],
  ...outcomes: readonly RehomedImage['outcome'][]
): number {
  return items.flatMap(({ images }) => images).filter(({ outcome }) => outcomes.includes(outcome)).length;
}

function summarize(
  items: readonly RehomedItem[],
  { isDryRun, itemCount }: { readonly isDryRun: boolean; readonly itemCount: number },
  output: Output,
): ExitCode {
  const kinds = items.flatMap(({ problem, images }) =>
    [problem, ...images.map((image) => image.problem)].flatMap((each) => each?.kind ?? []),
  );
  const totals = {
    found: totalOf(items, 'found'),
    copied: totalOf(items, 'copied'),
    failed: totalOf(items, 'failed', 'no-image', 'too-long'),
  };
  const isIncomplete = totals.failed > 0 || items.some(({ isCut }) => isCut);
  const exitCode = isIncomplete && kinds.length === 0 ? EXIT.failed : exitCodeOf(kinds);
  output.json({ type: 'summary', workItems: itemCount, ...totals, exitCode });
  const words = isDryRun
    ? `${count(totals.found, 'image')} to be copied`
    : `${count(totals.copied, 'image')} copied${totals.failed > 0 ? `, ${totals.failed.toLocaleString('en')} not copied` : ''}`;
  output.line(`${count(itemCount, 'work item')}: ${words}.`);
  return exitCode;
}
