/** Programming languages by id, with the words for them: extensions of files, and names in Markdown and notebooks. */
const WORDS = {
  bash: 'sh bash zsh shell sh-session',
  cpp: 'c h cpp cc cxx hpp hh c++ arduino',
  csharp: 'cs csx csharp c#',
  css: 'css',
  diff: 'diff patch',
  dockerfile: 'dockerfile docker',
  gherkin: 'feature gherkin cucumber',
  go: 'go golang',
  hcl: 'tf tfvars hcl terraform',
  ini: 'ini cfg conf editorconfig toml',
  java: 'java',
  javascript: 'js mjs cjs jsx javascript node nodejs',
  json: 'json jsonc json5 jsonl ndjson geojson har ipynb',
  kotlin: 'kt kts kotlin',
  makefile: 'makefile make mk',
  php: 'php',
  powershell: 'ps1 psm1 psd1 ps powershell pwsh',
  properties: 'properties env',
  python: 'py pyw python python3 ipython',
  ruby: 'rb ruby',
  rust: 'rs rust',
  scss: 'scss less',
  sql: 'sql tsql t-sql plsql',
  swift: 'swift',
  typescript: 'ts tsx mts cts typescript',
  // `config` is the extension of .NET settings.
  xml: 'xml html htm xhtml svg trx xaml resx csproj vbproj fsproj props targets nuspec config vue razor cshtml',
  yaml: 'yml yaml',
} as const;

/** A programming language that can be highlighted. */
export type CodeLanguage = keyof typeof WORDS;

const LANGUAGE_OF = new Map<string, CodeLanguage>(
  Object.entries(WORDS).flatMap(([language, words]) =>
    words.split(' ').map((word): [string, CodeLanguage] => [word, language as CodeLanguage]),
  ),
);

/** Returns the language for an extension or a name, in any case, or `undefined` for an unknown one. */
export function languageOf(word: string): CodeLanguage | undefined {
  return LANGUAGE_OF.get(word.toLowerCase());
}
