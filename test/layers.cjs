/**
 * Import rules. `src` has nine layers; a layer imports from itself and from those below it. `test/unit/layers.test.ts`
 * checks the rules with files that break them.
 */

/** Layers from top to bottom, each with the npm packages that it may import, as patterns of resolved paths. */
const REACT =
  'node_modules/(react|react-dom|use-sync-external-store|@tanstack|@types/react|@types/react-dom)/';
const UI_KIT = 'node_modules/azure-devops-ui/';
const SDK = 'node_modules/azure-devops-extension-sdk/';
const API = 'node_modules/azure-devops-extension-api/';
const CSV = 'node_modules/(papaparse|@types/papaparse)/';
const LIMIT = 'node_modules/p-limit/';
const HASH = 'node_modules/hash-wasm/';
/** Databases of the browser. */
const IDB = 'node_modules/idb/';
/** Modules of Node, such as `node:fs`. */
const NODE = '^(node:)?[a-z0-9_/]+$';
/** Patterns of files in the inputs of the pipeline task. */
const GLOB = 'node_modules/tinyglobby/';
const NODE_HTTP = 'node_modules/undici/';
const MCP = 'node_modules/(@modelcontextprotocol/sdk|zod)/';
const VALIDATION = 'node_modules/valibot/';
const TEXTS = 'node_modules/(htmlparser2|micromark)';
const VIEWERS =
  'node_modules/(mdast-util-|micromark-|@types/mdast|@zip\\.js|postal-mime|htmlparser2|sax|@types/sax|highlight\\.js|pdfjs-dist)';

const LAYERS = [
  ['entries', [REACT, UI_KIT, GLOB, MCP, NODE]],
  ['engine', [LIMIT, NODE, VALIDATION, 'node_modules/client-zip/']],
  ['gallery', [REACT, UI_KIT, CSV, VIEWERS, HASH, IDB, LIMIT, VALIDATION, 'node_modules/(client-zip|diff)/']],
  ['check', [REACT, UI_KIT]],
  ['ui', [REACT, UI_KIT]],
  ['bulk', [CSV, HASH, LIMIT, VALIDATION]],
  ['upload', [HASH, LIMIT, VALIDATION, TEXTS, NODE, IDB, 'node_modules/(@zip\.js|mediabunny)/']],
  ['azure', [SDK, API, NODE_HTTP, NODE]],
  ['base', [CSV, VALIDATION, 'node_modules/(intl-messageformat|@formatjs)/']],
];

/** Files for the command line and the pipeline task alone; `tsconfig.node.json` lists those with modules of Node. */
const NODE_FILES = `(${[
  'base/node-',
  'azure/rest/(node-|save-attachment|token-guard|rate-budget)',
  'upload/intake/disk-file',
  'upload/recovery/journal/(file-(lines|state|store)|folder-|known-contents|processes)',
].join('|')})`;
const FOR_BROWSERS = `^src/(?!engine/|entries/(cli|task)/|${NODE_FILES})`;

/** Narrower rules inside the layers: files that `from` matches may not import files that `to` matches. */
const FORBIDDEN = [
  // The SDK has one door, and its implementations are chosen by the entries.
  ['sdk-door', '^src/(?!azure/host/)', SDK],
  ['edges-in-entries', '^src/(?!entries/|azure/)', '^src/azure/(host/sdk-|rest/xhr-http-stack)'],
  // What the browser keeps has few places: uploads, and what is known about the files of a project.
  ['databases-in-stores', '^src/(?!upload/recovery/journal/|gallery/project/(store|duplicates)/)', IDB],
  [
    'project-without-components',
    '^src/gallery/project/(duplicates|clean-up)/',
    `^src/ui/|^src/azure/host/sdk-|${REACT}|${UI_KIT}`,
  ],
  // Only the command line and the pipeline task run in Node.
  ['node-in-entries', FOR_BROWSERS, `^src/${NODE_FILES}|${NODE}`],
  ['engine-for-node', '^src/(?!engine/|entries/(cli|task)/)', '^src/engine/'],
  [
    'engine-without-pages',
    '^src/(engine|entries/(cli|task))/',
    `^src/(ui|azure/host)/|${REACT}|${UI_KIT}|${SDK}`,
  ],
  ['mcp-in-server', '^src/(?!entries/cli/mcp/)', MCP],
  ['undici-in-stack', '^src/(?!azure/rest/node-)', NODE_HTTP],
  // These run unchanged in Node.
  ['rest-without-host', '^src/azure/rest/', '^src/azure/host/'],
  ['model-without-components', '^src/gallery/model/', `^src/ui/|${REACT}|${UI_KIT}`],
  // A file passes intake, queue, transport and link; none of them knows the others' work.
  ['intake-alone', '^src/upload/intake/', '^src/upload/(queue|transport|link|recovery)/|^src/azure/rest/'],
  ['queue-alone', '^src/upload/queue/', '^src/upload/(intake|transport|link|recovery)/|^src/azure/rest/'],
  ['transport-alone', '^src/upload/transport/', '^src/upload/(intake|queue|link|recovery)/'],
  ['link-alone', '^src/upload/link/', '^src/upload/(intake|queue|transport|recovery)/'],
  ['journal-alone', '^src/upload/recovery/journal/', '^src/azure/rest/|^src/upload/recovery/channel/'],
  // The questions are the same in a script.
  ['questions-alone', '^src/check/questions/', '^src/(?!check/questions/)'],
  // A plan is pure.
  ['plan-is-pure', '^src/bulk/plan/', '^src/(azure/rest|upload/(queue|transport|link|recovery))/'],
  // A component asks a session, never the network.
  ['components-without-network', '^src/ui/', '^src/azure/rest/|^src/upload/(queue|transport|link)/'],
  ['viewers-alone', '^src/gallery/viewers/', '^src/azure/|^src/gallery/(?!viewers/|model/|workers/task)'],
  // Two entries must stay small: the menu action and the observer, which have no components.
  [
    'small-entries',
    '^src/entries/(bulk-action|observer)/',
    `${REACT}|${UI_KIT}|^src/(ui|gallery|check|bulk)/`,
  ],
  ['action-without-sdk-host', '^src/entries/bulk-action/', '^src/azure/(host/(?!sdk-action)|rest/)'],
];

/** An entry imports no other entry. */
const ENTRIES = [
  'form-group',
  'gallery-page',
  'bulk-panel',
  'bulk-action',
  'observer',
  'settings',
  'capture',
  'cli',
  'task',
];

const layerRules = LAYERS.map(([layer, packages], index) => ({
  name: `layer-${layer}`,
  severity: 'error',
  comment: `src/${layer} imports layers below it and the packages in test/layers.cjs`,
  from: { path: `^src/${layer}/` },
  to: {
    pathNot: [...LAYERS.slice(index).map(([below]) => `^src/${below}/`), ...packages],
  },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...FORBIDDEN.map(([name, from, to]) => ({
      name,
      severity: 'error',
      from: { path: from },
      to: { path: to },
    })),
    {
      name: 'entries-alone',
      severity: 'error',
      from: { path: `^src/entries/(${ENTRIES.join('|')})/` },
      to: { path: '^src/entries/', pathNot: ['^src/entries/$1/', '^src/entries/shared/'] },
    },
    {
      name: 'every-file-has-a-layer',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${LAYERS.map(([layer]) => layer).join('|')})/` },
      to: {},
    },
    {
      name: 'source-without-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(packages|test|tools)/' },
    },
    {
      name: 'emulator-alone',
      severity: 'error',
      comment: 'the emulator is a package of its own',
      from: { path: '^packages/emulator/src/' },
      to: { path: '^(src|test|tools)/' },
    },
    { name: 'no-cycles', severity: 'error', from: { path: '^(src|packages)/' }, to: { circular: true } },
    {
      name: 'no-cycles-at-run-time',
      severity: 'error',
      from: { path: '^(tools|test)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      comment: 'the program of the command line imports its bundle',
      from: { pathNot: '^packages/cli/bin/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
