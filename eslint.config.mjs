import compat from 'eslint-plugin-compat';
import jsdoc from 'eslint-plugin-jsdoc';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Doc comments are asked of what leaves a file; inside a file a good name is enough. */
const exportedOnly = { publicOnly: true, require: { FunctionDeclaration: true, ClassDeclaration: true } };

const namedExports = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name, so that one thing has one name.',
};

/** Names with a plain term instead: resume, release, limiter, mutex, signature, result, retry, runtime, owner, `MAX_`. */
const vagueNames = {
  selector: `Identifier[name=/${[
    '^(goOn|letGo|takeUp|lanes|turns|seals|news|patience|surroundings|whoever)([A-Z]|$)',
    '(GoOn|LetGo|TakeUp|Lanes|Turns|Seals|News|Patience|Surroundings|Whoever)([A-Z]|$)',
    '^MOST_',
  ].join('|')}/]`,
  message: 'Use the term of the field for this name.',
};

export default tseslint.config(
  { ignores: ['**/dist', 'out', 'test/reference', 'docs/.vitepress/.temp'] },
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { jsdoc, 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', namedExports],
    },
  },
  {
    files: ['{src,tools,packages/emulator/src}/**/*.{ts,tsx,mjs}'],
    rules: { 'no-restricted-syntax': ['error', namedExports, vagueNames] },
  },
  {
    // Browsers of `browserslist` in package.json.
    files: ['src/**/*.{ts,tsx}'],
    plugins: { compat },
    rules: { 'compat/compat': 'error' },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        { ...exportedOnly, contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration'] },
      ],
      'no-restricted-globals': ['error', 'XMLHttpRequest', 'fetch', 'localStorage', 'indexedDB'],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 150],
    },
  },
  {
    files: ['{test,tools,packages}/**/*.{ts,tsx}'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Inline script for browsers of any age.
    files: ['src/entries/shared/first-script.js'],
    languageOptions: {
      ecmaVersion: 5,
      sourceType: 'script',
      globals: { ...globals.browser, UNSUPPORTED: 'readonly' },
    },
    rules: { eqeqeq: 'error', 'no-undef': 'error', 'no-unused-vars': 'error' },
  },
  {
    // Playwright's fixtures hand their value to a function called `use`, and its settings are a default export.
    files: ['**/test/{e2e,browsers}/**/*.{ts,mts}'],
    rules: { 'no-restricted-syntax': 'off', 'react-hooks/rules-of-hooks': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    ignores: ['src/**'],
    languageOptions: { globals: globals.node },
    rules: { eqeqeq: 'error', 'no-undef': 'error', 'no-unused-vars': 'error' },
  },
);
