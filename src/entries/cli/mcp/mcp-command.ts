import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { VERSION } from '../../../engine/network';
import { CliError } from '../cli-error';
import type { Command, Invocation } from '../command';
import { CONNECTION_OPTIONS, textOf, textsOf } from '../command';
import { withEngine } from '../connect';
import type { ExitCode } from '../exit-codes';
import { EXIT } from '../exit-codes';
import { createPolicyWarning, POLICY_OPTIONS, policyOf } from '../policy/policy-options';
import { RULE_OPTIONS, rulesOf } from '../rules/rule-options';
import { openAudit } from './audit';
import { insertWithEngine } from './engine-insertion';
import { createFileNumbers } from './file-numbers';
import { createGuardedFiles } from './guarded-files';
import type { Root } from './path-guard';
import { rulesOf as pathRulesOf } from './path-guard';
import { toolsOf } from './tools';

/** Default of `--max-bytes`: the limit of Azure DevOps Services. */
const MAX_BYTES = 60_000_000;

/** `stapler mcp` */
export const mcpCommand: Command = {
  name: 'mcp',
  usage: '[--allow <folder>…]',
  purpose: 'Serves the Model Context Protocol on standard input and output, for agents.',
  options: {
    allow: {
      value: '<folder>',
      isRepeatable: true,
      help: 'folder to read files from and to save files in; without one, files are only listed',
    },
    'allow-remove': { help: 'lets the agent remove attachments' },
    'allow-dot': {
      value: '<name>',
      isRepeatable: true,
      help: 'name with a dot in front that is allowed, such as .vscode',
    },
    'max-bytes': { value: '<n>', help: 'maximum size of a file; 60000000 by default' },
    types: { value: '<ext,…>', help: 'allowed types, such as png,jpg,log; all by default' },
    audit: { value: '<file>', help: 'file for a line about each write; standard error by default' },
    ...RULE_OPTIONS,
    ...POLICY_OPTIONS,
    ...CONNECTION_OPTIONS,
    'token-stdin': { help: 'not for this command: standard input is the protocol' },
  },
  examples: ['stapler mcp --allow ./evidence --types png,jpg,log --audit ./stapler-audit.jsonl'],
  run,
};

async function run(invocation: Invocation): Promise<ExitCode> {
  const { values, environment, output } = invocation;
  checkArguments(invocation);
  const { cwd, platform, runtime } = environment;
  const roots = await readRoots(textsOf(values, 'allow'), cwd);
  const maxBytes = readMaxBytes(textOf(values, 'max-bytes'));
  const types = readTypes(textOf(values, 'types'));
  const policy = await policyOf(invocation);
  const auditPath = textOf(values, 'audit');
  const audit = await openAudit({
    path: auditPath === undefined ? undefined : resolve(cwd, auditPath),
    print: output.note,
    now: runtime.now,
  });
  try {
    await withEngine(invocation, async ({ engine }) => {
      const rules = pathRulesOf(platform, textsOf(values, 'allow-dot'));
      // Its packages take time to evaluate, and no other command needs them.
      const { serve } = await import('./server');
      await serve({
        tools: toolsOf({
          ...{ hasFolders: roots.length > 0, canRemove: values['allow-remove'] === true },
          insertPicture: insertWithEngine,
        }),
        context: {
          ...{ engine, audit, maxBytes, numbers: createFileNumbers(), rules: rulesOf(values) ?? {} },
          ...{ policy, onPolicyProblem: createPolicyWarning(output) },
          files: createGuardedFiles({ roots, rules, platform, maxBytes, types, now: runtime.now }),
        },
        version: VERSION,
        environment,
      });
    });
  } finally {
    await audit.close();
  }
  return environment.signal.aborted ? EXIT.interrupted : EXIT.ok;
}

/** @throws CliError for options that do not fit to a protocol. */
function checkArguments({ values, positionals }: Pick<Invocation, 'values' | 'positionals'>): void {
  const [argument] = positionals;
  if (argument !== undefined) throw new CliError(`"${argument}" is no option.`, 'Pass folders with --allow.');
  if (values['token-stdin'] === true)
    throw new CliError(
      "Standard input is the protocol: it can't have the token as well.",
      'Set AZURE_DEVOPS_EXT_PAT, or run "az login".',
    );
  if (values['json'] === true) throw new CliError('Standard output is the protocol: leave out --json.');
}

async function readRoots(folders: readonly string[], cwd: string): Promise<readonly Root[]> {
  return Promise.all(
    folders.map(async (folder) => {
      const path = resolve(cwd, folder);
      const real = await realpath(path).catch(() => undefined);
      if (real === undefined || !(await stat(real)).isDirectory())
        throw new CliError(`There is no folder "${folder}".`, '', EXIT.failed);
      return { path, real };
    }),
  );
}

function readMaxBytes(text: string | undefined): number {
  if (text === undefined) return MAX_BYTES;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new CliError('--max-bytes must be a number of bytes.');
  return Number(text);
}

function readTypes(text = ''): ReadonlySet<string> {
  const types = text.split(/[,\s]+/).map((type) => type.replace(/^\*?\./, '').toLowerCase());
  return new Set(types.filter((type) => type !== ''));
}
