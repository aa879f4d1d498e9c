/**
 * Who may import whom. The path runs intake → queue → transport → link → host; each folder knows only what stands
 * below it, and no page knows another. `test/unit/layers.test.ts` feeds the rules files that break them.
 */
const SDK = 'node_modules/azure-devops-extension-sdk';
const API = 'node_modules/azure-devops-extension-api';
const UI = 'node_modules/azure-devops-ui';
const HASH = 'node_modules/hash-wasm';
const IDB = 'node_modules/idb';
const CSV = 'node_modules/(papaparse|@types/papaparse)';
const ZIP = 'node_modules/client-zip';
const DIFF = 'node_modules/diff/';
const MARKDOWN = 'node_modules/(mdast-util-|micromark-|@types/mdast)';
const UNZIP = 'node_modules/@zip\\.js/zip\\.js';
const EMAIL = 'node_modules/postal-mime';
const PDF = 'node_modules/pdfjs-dist';
const LIMIT = 'node_modules/p-limit';
const REACT = 'node_modules/(react|react-dom|use-sync-external-store|@tanstack|@types/react)';

/** Folder of `src` → what it may import, as patterns of resolved paths. Its own files always. */
const LAYERS = {
  base: ['^src/model/'],
  model: [],
  // What says something to a person says it by this.
  i18n: ['node_modules/(intl-messageformat|@formatjs)/'],
  intake: ['^src/model/', '^src/i18n/language'],
  plan: ['^src/(model|i18n)/', CSV],
  queue: ['^src/model/'],
  rest: ['^src/model/', API],
  transport: ['^src/model/', '^src/rest/'],
  link: ['^src/model/', '^src/rest/', LIMIT],
  handover: ['^src/model/', HASH],
  journal: ['^src/model/', HASH, IDB],
  bulk: ['^src/(model|plan|intake|queue|link|rest|journal)/', '^src/upload-transport', HASH, LIMIT],
  // It says nothing; what it sorts stands as the language of the person has it.
  attached: ['^src/(model|rest)/', '^src/i18n/language', '^src/plan/csv'],
  // What a person sees of the above; the page of its own and the form group show it.
  gallery: [
    ...['^src/(model|i18n|attached|rest|link|ui|viewers)/', '^src/host/host'],
    ...['^src/upload-transport', '^src/plan/work-item-ids'],
    ...[ZIP, DIFF, REACT, UI],
  ],
  host: ['^src/(model|i18n)/', SDK, API],
  // Not a page like the others: it is seen by nobody, and must be small.
  'bulk-action': ['^src/host/sdk-action', '^src/i18n/(words|load-language)'],
  viewers: ['^src/(model|i18n|ui)/', REACT, UI, CSV, MARKDOWN, UNZIP, EMAIL, PDF],
  ui: ['^src/(model|i18n)/', '^src/host/time-out', '^src/pipeline', '^src/host/host', REACT, UI],
};

/** A page may use the components, the pipeline and the model; only its entry file wires the edges together. */
const PAGE = [
  '^src/base/',
  ...[
    '^src/model/',
    '^src/i18n/',
    '^src/handover/',
    '^src/journal/',
    '^src/ui/',
    '^src/pipeline',
    '^src/host/host',
    '^src/host/time-out',
  ],
  ...[REACT, UI],
];
const PAGE_ENTRY = [
  '^src/link/frame-services',
  '^src/host/(sdk-host|sdk-layout)',
  '^src/rest/xhr-http-stack',
];
const PAGES = ['form-group', 'bulk-panel', 'gallery-page', 'observer'];
/** What one page needs beside that. */
const OWN = {
  'bulk-panel': ['^src/(plan|bulk)/'],
  'form-group': ['^src/gallery/'],
  'gallery-page': ['^src/gallery/'],
  // It has no looks and no queue; it links what other frames have sent.
  observer: ['^src/(link|rest)/'],
};

const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from.path} may import ${allowed.join(', ') || 'nothing'} beside its own files`,
  from,
  to: { pathNot: allowed },
});

module.exports = {
  forbidden: [
    ...Object.entries(LAYERS).map(([folder, allowed]) =>
      only(`layer-${folder}`, { path: `^src/${folder}/` }, [`^src/${folder}/`, '^src/base/', ...allowed]),
    ),
    ...PAGES.flatMap((page) => [
      only(`page-${page}`, { path: `^src/${page}/`, pathNot: `^src/${page}/${page}\\.tsx$` }, [
        `^src/${page}/`,
        ...PAGE,
        ...(OWN[page] ?? []),
      ]),
      only(`page-${page}-entry`, { path: `^src/${page}/${page}\\.tsx$` }, [
        `^src/${page}/`,
        ...PAGE,
        ...PAGE_ENTRY,
        ...(OWN[page] ?? []),
      ]),
    ]),
    only('pipeline', { path: '^src/(pipeline|upload-transport)\\.ts$' }, [
      '^src/(model|intake|queue|transport|link|handover|rest|host)/',
      '^src/base/',
      '^src/upload-transport',
    ]),
    {
      name: 'every-folder-has-a-layer',
      severity: 'error',
      comment: 'A new folder of src needs a row in test/layers.cjs',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${[...Object.keys(LAYERS), ...PAGES].join('|')})/` },
      to: {},
    },
    {
      name: 'source-alone',
      severity: 'error',
      comment: 'The extension needs neither the emulator nor a tool',
      from: { path: '^src/' },
      to: { path: '^(packages|tools|test)/' },
    },
    {
      name: 'emulator-alone',
      severity: 'error',
      comment: 'The emulator serves any extension, so it knows nothing of ours',
      from: { path: '^packages/emulator/(src|bin)/' },
      to: { path: '^(src|tools|test|packages/emulator/test)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
