import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const RULES = join(ROOT, 'test/layers.cjs');

jest.setTimeout(60_000);

/** Holds the rules against `src` and `packages` below `directory`. Each violation is `rule: importing file`. */
function cruise(directory: string): { status: number | null; violations: string[]; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [CRUISER, '--config', RULES, 'src', 'packages'],
    {
      cwd: directory,
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
    },
  );
  const found = stdout.matchAll(/error (\S+): (\S+)/g);
  return {
    status,
    violations: Array.from(found, ([, rule, file]) => `${rule}: ${file}`),
    output: stdout + stderr,
  };
}

/** Writes a project of its own that holds each file with its imports, and holds the rules against it. */
function cruiseFiles(files: Record<string, readonly string[]>): ReturnType<typeof cruise> {
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'out/layers-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  try {
    const compilerOptions = { module: 'ESNext', moduleResolution: 'bundler', jsx: 'react' };
    write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] }));
    for (const folderOfSrc of ['model', 'rest', 'transport', 'link', 'host', 'ui', 'queue'])
      write(`src/${folderOfSrc}/target.ts`, 'export const x = 1;\n');
    for (const folderOfProject of ['packages/emulator/src', 'test', 'tools'])
      write(`${folderOfProject}/target.ts`, 'export const x = 1;\n');
    write('src/host/sdk-host.ts', 'export const x = 1;\n');
    write('src/rest/xhr-http-stack.ts', 'export const x = 1;\n');
    for (const [path, imports] of Object.entries(files)) write(path, textWith(imports));
    return cruise(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file with these imports; `type ./x` is for a type only. */
function textWith(imports: readonly string[]): string {
  const lines = imports.map((path, index) => {
    const [isType, from] = path.startsWith('type ') ? [true, path.slice(5)] : [false, path];
    return isType
      ? `import type { x as x${index} } from '${from}';\nexport type X${index} = typeof x${index};`
      : `import { x as x${index} } from '${from}';\nexport const y${index} = x${index};`;
  });
  return `${lines.join('\n')}\nexport const x = 1;\n`;
}

/** Rule, what is wrong, the file and what it imports. */
const BROKEN = [
  ['layer-model', 'the model knows the queue', 'src/model/a.ts', '../queue/target'],
  ['layer-model', 'the model knows a type of the queue', 'src/model/b.ts', 'type ../queue/target'],
  ['layer-intake', 'intake knows the queue', 'src/intake/a.ts', '../queue/target'],
  ['layer-queue', 'the queue speaks HTTP', 'src/queue/a.ts', '../rest/target'],
  ['layer-queue', 'the queue knows React', 'src/queue/b.ts', 'react'],
  ['layer-rest', 'REST knows the SDK', 'src/rest/a.ts', 'azure-devops-extension-sdk'],
  ['layer-transport', 'the transport links', 'src/transport/a.ts', '../link/target'],
  ['layer-link', 'a link knows the host', 'src/link/a.ts', '../host/target'],
  ['layer-host', 'the host knows a component', 'src/host/a.ts', '../ui/target'],
  ['layer-ui', 'a component sends bytes', 'src/ui/a.ts', '../transport/target'],
  ['layer-ui', 'a component speaks HTTP', 'src/ui/b.ts', '../rest/target'],
  ['layer-ui', 'a component knows the SDK', 'src/ui/c.ts', 'azure-devops-extension-sdk'],
  ['layer-viewers', 'a viewer speaks HTTP', 'src/viewers/a.ts', '../rest/target'],
  ['layer-viewers', 'a viewer knows the host', 'src/viewers/text/b.ts', '../../host/target'],
  ['page-form-group', 'a page knows the SDK', 'src/form-group/a.ts', '../host/sdk-host'],
  ['page-form-group-entry', 'a page knows how to link', 'src/form-group/form-group.tsx', '../link/target'],
  ['layer-bulk-action', 'the action knows the SDK', 'src/bulk-action/a.ts', 'azure-devops-extension-sdk'],
  ['layer-bulk-action', 'the action knows the form', 'src/bulk-action/bulk-action.tsx', '../host/sdk-host'],
  ['layer-bulk-action', 'the action knows React', 'src/bulk-action/b.ts', 'react'],
  ['page-bulk-panel', 'the panel knows the SDK', 'src/bulk-panel/a.ts', '../host/sdk-host'],
  ['pipeline', 'the pipeline knows a component', 'src/pipeline.ts', './ui/target'],
  ['every-folder-has-a-layer', 'a folder is new', 'src/surprise/a.ts', '../model/target'],
  ['source-alone', 'the source imports the emulator', 'src/emulated.ts', '../packages/emulator/src/target'],
  ['source-alone', 'the source imports a tool', 'src/tooled.ts', '../tools/target'],
  [
    'emulator-alone',
    'the emulator imports the source',
    'packages/emulator/src/a.ts',
    '../../../src/ui/target',
  ],
  ['emulator-alone', 'the emulator imports a test', 'packages/emulator/src/b.ts', '../../../test/target'],
  [
    'emulator-alone',
    'the emulator imports a tool',
    'packages/emulator/bin/c.mjs',
    '../../../tools/target.ts',
  ],
  ['no-cycles', 'two files need each other', 'src/model/c.ts', './d'],
  ['no-unresolved', 'a file does not exist', 'src/model/e.ts', './nowhere'],
] as const;

test('our own source keeps the rules', () => {
  const { status, violations, output } = cruise(ROOT);
  expect(violations).toEqual([]);
  expect(output).toContain('no dependency violations found');
  expect(status).toBe(0);
});

describe('a source that breaks the rules', () => {
  let result: ReturnType<typeof cruise>;

  beforeAll(() => {
    const files: Record<string, string[]> = { 'src/model/d.ts': ['./c'] };
    for (const [, , file, path] of BROKEN) files[file] = [path];
    result = cruiseFiles(files);
  });

  test('does not pass', () => {
    expect(result.status).not.toBe(0);
  });

  test.each(BROKEN)('is told of %s where %s', (rule, _, file) => {
    expect(result.violations).toContain(`${rule}: ${file}`);
  });
});

test('a source that goes down the layers keeps the rules', () => {
  const { status, violations, output } = cruiseFiles({
    'src/pipeline.ts': ['./queue/a', './transport/a', './link/a', './host/target', './intake/a'],
    'src/intake/a.ts': ['../model/target'],
    'src/queue/a.ts': ['../model/target'],
    'src/transport/a.ts': ['../rest/target', '../model/target'],
    'src/link/a.ts': ['../rest/target', '../model/target'],
    'src/host/a.ts': ['../model/target', 'azure-devops-extension-sdk'],
    'src/ui/a.ts': ['../model/target', 'react'],
    'src/form-group/a.ts': ['../ui/a', '../pipeline', '../model/target', 'react'],
    'src/form-group/form-group.tsx': ['../host/sdk-host', '../rest/xhr-http-stack', './a'],
    'src/host/sdk-action.ts': ['../model/target', 'azure-devops-extension-sdk'],
    'src/bulk-action/bulk-action.tsx': ['../host/sdk-action', './a'],
    'src/bulk-action/a.ts': ['type ../host/sdk-action'],
    // Types that need each other are no cycle.
    'src/model/a.ts': ['type ./b'],
    'src/model/b.ts': ['type ./a'],
  });
  expect(violations).toEqual([]);
  expect(output).toContain('no dependency violations found');
  expect(status).toBe(0);
});
