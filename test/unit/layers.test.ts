import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const RULES = join(ROOT, 'test/layers.cjs');

jest.setTimeout(60_000);

/** Checks `src` and `packages` in `directory`. Each violation is `rule: importing file`. */
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

/** Checks a temporary project made of these files and their imports. */
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
    for (const target of TARGETS) write(target, 'export const x = 1;\n');
    for (const [path, imports] of Object.entries(files)) write(path, textWith(imports));
    return cruise(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Imported files. */
const TARGETS = [
  'src/base/target.ts',
  'src/azure/target.ts',
  'src/azure/rest/target.ts',
  'src/azure/rest/xhr-http-stack.ts',
  'src/azure/rest/node-http-stack.ts',
  'src/azure/host/target.ts',
  'src/azure/host/sdk-host.ts',
  'src/upload/target.ts',
  'src/upload/queue/target.ts',
  'src/upload/recovery/journal/file-store.ts',
  'src/upload/transport/target.ts',
  'src/upload/link/target.ts',
  'src/bulk/target.ts',
  'src/engine/target.ts',
  'src/ui/target.ts',
  'src/gallery/target.ts',
  'src/entries/shared/target.ts',
  'src/entries/bulk-panel/target.ts',
  'packages/emulator/src/target.ts',
  'test/target.ts',
  'tools/target.ts',
];

/** Source of a file with these imports; `type ./x` imports a type only. */
function textWith(imports: readonly string[]): string {
  const lines = imports.map((path, index) => {
    const [isType, from] = path.startsWith('type ') ? [true, path.slice(5)] : [false, path];
    return isType
      ? `import type { x as x${index} } from '${from}';\nexport type X${index} = typeof x${index};`
      : `import { x as x${index} } from '${from}';\nexport const y${index} = x${index};`;
  });
  return `${lines.join('\n')}\nexport const x = 1;\n`;
}

const NODE_STACK = '../../azure/rest/node-http-stack';

/** Rule, violation, file and its import. */
const BROKEN = [
  ['layer-base', 'base imports azure', 'src/base/a.ts', '../azure/target'],
  ['layer-base', 'base imports a type of upload', 'src/base/b.ts', 'type ../upload/target'],
  ['layer-azure', 'azure imports upload', 'src/azure/rest/a.ts', '../../upload/target'],
  ['layer-upload', 'upload imports bulk', 'src/upload/a.ts', '../bulk/target'],
  ['layer-upload', 'upload imports React', 'src/upload/b.ts', 'react'],
  ['layer-bulk', 'bulk imports a component', 'src/bulk/a.ts', '../ui/target'],
  ['layer-ui', 'a component imports the gallery', 'src/ui/a.ts', '../gallery/target'],
  ['layer-check', 'the check imports the gallery', 'src/check/a.ts', '../gallery/target'],
  ['questions-alone', 'a question imports REST', 'src/check/questions/a.ts', '../../azure/rest/target'],
  ['layer-gallery', 'the gallery imports an entry', 'src/gallery/a.ts', '../entries/shared/target'],
  ['sdk-door', 'an entry imports the SDK', 'src/entries/form-group/a.ts', 'azure-devops-extension-sdk'],
  ['sdk-door', 'REST imports the SDK', 'src/azure/rest/b.ts', 'azure-devops-extension-sdk'],
  ['edges-in-entries', 'the gallery creates a host', 'src/gallery/b.ts', '../azure/host/sdk-host'],
  ['edges-in-entries', 'upload picks a network', 'src/upload/c.ts', '../azure/rest/xhr-http-stack'],
  ['node-in-entries', 'the panel picks a network of Node', 'src/entries/bulk-panel/a.ts', NODE_STACK],
  ['node-in-entries', 'upload reads a disk', 'src/upload/d.ts', 'node:fs'],
  ['node-in-entries', 'the journal imports Node', 'src/upload/recovery/journal/b.ts', 'node:fs'],
  ['engine-for-node', 'the panel imports the engine', 'src/entries/bulk-panel/b.ts', '../../engine/target'],
  ['engine-without-pages', 'the engine imports a component', 'src/engine/a.ts', '../ui/target'],
  ['undici-in-stack', 'the command line imports undici', 'src/entries/cli/a.ts', 'undici'],
  ['rest-without-host', 'REST imports the host', 'src/azure/rest/c.ts', '../host/target'],
  ['databases-in-stores', 'the gallery opens a database', 'src/gallery/c.ts', 'idb'],
  [
    'project-without-components',
    'the clean-up imports a component',
    'src/gallery/project/clean-up/a.ts',
    '../../../ui/target',
  ],
  ['model-without-components', 'the model imports a component', 'src/gallery/model/a.ts', '../../ui/target'],
  ['intake-alone', 'intake imports the queue', 'src/upload/intake/a.ts', '../queue/target'],
  ['queue-alone', 'the queue imports REST', 'src/upload/queue/a.ts', '../../azure/rest/target'],
  ['transport-alone', 'the transport links', 'src/upload/transport/a.ts', '../link/target'],
  ['link-alone', 'a link imports the queue', 'src/upload/link/a.ts', '../queue/target'],
  [
    'journal-alone',
    'the journal imports REST',
    'src/upload/recovery/journal/a.ts',
    '../../../azure/rest/target',
  ],
  ['plan-is-pure', 'a plan imports REST', 'src/bulk/plan/a.ts', '../../azure/rest/target'],
  ['components-without-network', 'a component imports REST', 'src/ui/b.ts', '../azure/rest/target'],
  [
    'viewers-alone',
    'a viewer imports the host',
    'src/gallery/viewers/text/a.ts',
    '../../../azure/host/target',
  ],
  ['small-entries', 'the observer imports React', 'src/entries/observer/a.ts', 'react'],
  ['small-entries', 'the action imports a component', 'src/entries/bulk-action/a.ts', '../../ui/target'],
  [
    'action-without-sdk-host',
    'the action imports REST',
    'src/entries/bulk-action/b.ts',
    '../../azure/rest/target',
  ],
  ['entries-alone', 'an entry imports another', 'src/entries/form-group/b.ts', '../bulk-panel/target'],
  ['every-file-has-a-layer', 'a folder is new', 'src/surprise/a.ts', '../base/target'],
  [
    'source-without-packages',
    'the source imports the emulator',
    'src/base/e.ts',
    '../../packages/emulator/src/target',
  ],
  ['source-without-packages', 'the source imports a tool', 'src/base/f.ts', '../../tools/target'],
  [
    'emulator-alone',
    'the emulator imports the source',
    'packages/emulator/src/a.ts',
    '../../../src/ui/target',
  ],
  ['emulator-alone', 'the emulator imports a test', 'packages/emulator/src/b.ts', '../../../test/target'],
  ['no-cycles', 'two files import each other', 'src/base/c.ts', './d'],
  ['no-cycles', 'two files import types of each other', 'src/base/g.ts', 'type ./h'],
  ['no-unresolved', 'a file does not exist', 'src/base/i.ts', './missing'],
] as const;

test('The source follows the layer rules', () => {
  const { status, violations, output } = cruise(ROOT);
  expect(violations).toEqual([]);
  expect(output).toContain('no dependency violations found');
  expect(status).toBe(0);
});

describe('dependency-cruiser with the layer rules', () => {
  let result: ReturnType<typeof cruise>;

  beforeAll(() => {
    const files: Record<string, string[]> = { 'src/base/d.ts': ['./c'], 'src/base/h.ts': ['type ./g'] };
    for (const [, , file, path] of BROKEN) files[file] = [path];
    result = cruiseFiles(files);
  });

  test('rejects a source that breaks them', () => {
    expect(result.status).not.toBe(0);
  });

  test.each(BROKEN)('reports %s if %s', (rule, _, file) => {
    expect(result.violations).toContain(`${rule}: ${file}`);
  });
});

test('dependency-cruiser accepts a source that imports lower layers only', () => {
  const { status, violations, output } = cruiseFiles({
    'src/entries/form-group/form-group.tsx': ['../../azure/host/sdk-host', '../../gallery/a', './a'],
    'src/entries/form-group/a.ts': ['../shared/target', '../../ui/a', '../../upload/a', 'react'],
    'src/entries/bulk-action/a.ts': ['../../azure/host/sdk-action', '../../base/target'],
    'src/entries/cli/a.ts': [NODE_STACK, '../../upload/intake/disk-file', 'node:process'],
    'src/upload/intake/disk-file.ts': ['node:fs/promises', '../../base/target'],
    'src/azure/rest/node-sockets.ts': ['undici', 'node:tls'],
    'src/gallery/a.ts': ['../ui/a', '../bulk/target', './model/a', 'react'],
    'src/gallery/model/a.ts': ['../../azure/rest/target'],
    'src/ui/a.ts': ['../upload/target', 'react'],
    'src/upload/a.ts': ['./queue/a', './transport/a', './link/a', './intake/a', '../azure/host/target'],
    'src/upload/intake/a.ts': ['../../base/target'],
    'src/upload/queue/a.ts': ['../../base/target', '../../azure/target'],
    'src/upload/recovery/journal/folder-lock.ts': ['./file-store', 'node:fs/promises'],
    'src/upload/transport/a.ts': ['../../azure/rest/target'],
    'src/upload/link/a.ts': ['../../azure/rest/target'],
    'src/azure/host/a.ts': ['../../base/target', 'azure-devops-extension-sdk'],
    'src/azure/host/sdk-action.ts': ['azure-devops-extension-sdk'],
  });
  expect(violations).toEqual([]);
  expect(output).toContain('no dependency violations found');
  expect(status).toBe(0);
});
