/** Packages that ship ES modules only: jest must compile them. */
const esModules = [
  'azure-devops-extension-api',
  'client-zip',
  'p-limit',
  'yocto-queue',
  'preact',
  'intl-messageformat',
  '@formatjs/[\\w-]+',
  '(mdast|micromark|unist)-[\\w-]+',
  'micromark',
  'decode-named-character-reference',
  'character-entities',
  'devlop',
  'ccount',
  'escape-string-regexp',
  'longest-streak',
  'markdown-table',
  'zwitch',
  '@zip.js/zip.js',
];

export default {
  rootDir: '..',
  testMatch: ['<rootDir>/{test,packages/*/test}/**/*.test.{ts,tsx}'],
  testPathIgnorePatterns: ['/test/e2e/', '/node_modules/'],
  // By default, one core is idle.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/test/sequencer.cjs',
  testRunner: '<rootDir>/test/runner.cjs',
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  // Tests wait for conditions, and other steps run at the same time.
  testTimeout: 60_000,
  transform: {
    '\\.[mc]?[jt]sx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'classic' } },
          target: 'es2022',
        },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  moduleNameMapper: {
    '\\.css$': '<rootDir>/test/helpers/empty-module.ts',
    // As in webpack.config.js.
    '^react$': 'preact/compat',
    '^react-dom$': 'preact/compat',
    '^react-dom/test-utils$': 'preact/test-utils',
    '^\\./html-entities\\.js$': '<rootDir>/src/gallery/viewers/email/html-entities.ts',
    // Exported for `import` only; jest calls `require`.
    '^(@zip\\.js/zip\\.js/lib/.*)$': '<rootDir>/node_modules/$1',
    '^azure-devops-ui/Button$': '<rootDir>/test/unit/entries/form-group/fake-button.tsx',
    '^whatwg-fetch$': '<rootDir>/test/helpers/empty-module.ts',
  },
};
