import type { LanguageFn } from 'highlight.js';
import hljs from 'highlight.js/lib/core';
import type { TaskContext } from '../../workers/task-context';
import type { CodeRuns } from './highlight-emitter';
import { RunEmitter } from './highlight-emitter';
import { hcl } from './highlight-hcl';
import type { CodeLanguage } from './highlight-languages';

/** A code to highlight. */
export interface Code {
  readonly language: CodeLanguage;
  /** Lines separated by `\n`. */
  readonly text: string;
}

/** Maximum length of all codes on a page, where nothing ends the work, in UTF-16 units. */
const MAX_LENGTH_ON_PAGE = 16 * 1024;

/** Languages inside of others. */
const INNER: Partial<Record<CodeLanguage, readonly CodeLanguage[]>> = { xml: ['css', 'javascript'] };

type Grammar = { readonly default: LanguageFn };

/** The grammar of each language is a lazy chunk. */
const GRAMMARS: Readonly<Record<CodeLanguage, () => Promise<Grammar>>> = {
  bash: () => import(/* webpackChunkName: "code-bash" */ 'highlight.js/lib/languages/bash'),
  cpp: () => import(/* webpackChunkName: "code-cpp" */ 'highlight.js/lib/languages/cpp'),
  csharp: () => import(/* webpackChunkName: "code-csharp" */ 'highlight.js/lib/languages/csharp'),
  css: () => import(/* webpackChunkName: "code-css" */ 'highlight.js/lib/languages/css'),
  diff: () => import(/* webpackChunkName: "code-diff" */ 'highlight.js/lib/languages/diff'),
  dockerfile: () => import(/* webpackChunkName: "code-dockerfile" */ 'highlight.js/lib/languages/dockerfile'),
  gherkin: () => import(/* webpackChunkName: "code-gherkin" */ 'highlight.js/lib/languages/gherkin'),
  go: () => import(/* webpackChunkName: "code-go" */ 'highlight.js/lib/languages/go'),
  hcl: () => Promise.resolve({ default: hcl }),
  ini: () => import(/* webpackChunkName: "code-ini" */ 'highlight.js/lib/languages/ini'),
  java: () => import(/* webpackChunkName: "code-java" */ 'highlight.js/lib/languages/java'),
  javascript: () => import(/* webpackChunkName: "code-javascript" */ 'highlight.js/lib/languages/javascript'),
  json: () => import(/* webpackChunkName: "code-json" */ 'highlight.js/lib/languages/json'),
  kotlin: () => import(/* webpackChunkName: "code-kotlin" */ 'highlight.js/lib/languages/kotlin'),
  makefile: () => import(/* webpackChunkName: "code-makefile" */ 'highlight.js/lib/languages/makefile'),
  php: () => import(/* webpackChunkName: "code-php" */ 'highlight.js/lib/languages/php'),
  powershell: () => import(/* webpackChunkName: "code-powershell" */ 'highlight.js/lib/languages/powershell'),
  properties: () => import(/* webpackChunkName: "code-properties" */ 'highlight.js/lib/languages/properties'),
  python: () => import(/* webpackChunkName: "code-python" */ 'highlight.js/lib/languages/python'),
  ruby: () => import(/* webpackChunkName: "code-ruby" */ 'highlight.js/lib/languages/ruby'),
  rust: () => import(/* webpackChunkName: "code-rust" */ 'highlight.js/lib/languages/rust'),
  scss: () => import(/* webpackChunkName: "code-scss" */ 'highlight.js/lib/languages/scss'),
  sql: () => import(/* webpackChunkName: "code-sql" */ 'highlight.js/lib/languages/sql'),
  swift: () => import(/* webpackChunkName: "code-swift" */ 'highlight.js/lib/languages/swift'),
  typescript: () => import(/* webpackChunkName: "code-typescript" */ 'highlight.js/lib/languages/typescript'),
  xml: () => import(/* webpackChunkName: "code-xml" */ 'highlight.js/lib/languages/xml'),
  yaml: () => import(/* webpackChunkName: "code-yaml" */ 'highlight.js/lib/languages/yaml'),
};

hljs.configure({ __emitter: RunEmitter });

/**
 * Highlights codes. Runs have offsets and kinds, never HTML.
 *
 * @returns `null` for a code that cannot be highlighted as a whole, and for all of them if they are too long for a page.
 */
export async function highlightCodes(
  codes: readonly Code[],
  { isInWorker }: TaskContext,
): Promise<readonly (CodeRuns | null)[]> {
  const length = codes.reduce((sum, { text }) => sum + text.length, 0);
  if (!isInWorker && length > MAX_LENGTH_ON_PAGE) return codes.map(() => null);
  const languages = new Set(codes.flatMap(({ language }) => [language, ...(INNER[language] ?? [])]));
  await Promise.all([...languages].map(register));
  return codes.map(highlight);
}

async function register(language: CodeLanguage): Promise<void> {
  if (hljs.getLanguage(language)) return;
  hljs.registerLanguage(language, (await GRAMMARS[language]()).default);
}

function highlight({ language, text }: Code): CodeRuns | null {
  const { errorRaised, _emitter: emitter } = hljs.highlight(text, { language, ignoreIllegals: true });
  const runs = errorRaised === undefined && emitter instanceof RunEmitter ? emitter.runs() : undefined;
  // A mistake of a grammar must not move the colors.
  return runs && (runs.ends.at(-1) ?? 0) === text.length ? runs : null;
}
