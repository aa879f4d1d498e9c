/** Kind of a file by its name, the only clue to the content of an attachment before its download. */
export type FileKind =
  | 'image'
  | 'video'
  | 'audio'
  | 'pdf'
  | 'markdown'
  | 'table'
  | 'json'
  | 'text'
  | 'archive'
  | 'email'
  | 'document'
  | 'other';

/** All kinds, in display order. */
export const FILE_KINDS: readonly FileKind[] = [
  'image',
  'video',
  'audio',
  'pdf',
  'document',
  'table',
  'markdown',
  'json',
  'text',
  'archive',
  'email',
  'other',
];

const EXTENSIONS: Readonly<Record<Exclude<FileKind, 'other'>, string>> = {
  image: 'png jpg jpeg jfif gif webp bmp svg ico avif apng tif tiff heic',
  video: 'mp4 m4v webm mov ogv mkv avi wmv',
  audio: 'mp3 m4a aac wav ogg oga opus flac weba wma',
  pdf: 'pdf',
  markdown: 'md markdown mdown mkd',
  table: 'csv tsv tab xlsx xlsm xltx xls ods',
  json: 'json geojson jsonl ndjson har ipynb',
  text: [
    'txt text log trace out err diff patch ini cfg conf config properties env editorconfig gitignore',
    'xml trx html htm xhtml css scss less js mjs cjs jsx ts tsx vue cs csx vb fs fsx cpp cc cxx c h hpp hh',
    'java kt kts groovy gradle scala go rs rb py pyw php pl pm swift m mm dart lua r jl sql ps1 psm1 psd1',
    'sh bash zsh bat cmd yml yaml toml csproj vbproj fsproj sln props targets nuspec resx xaml razor cshtml',
    'dockerfile makefile tf tfvars hcl bicep feature proto graphql rst adoc tex srt vtt ics vcf reg',
  ].join(' '),
  archive: 'zip 7z rar gz tgz tar bz2 xz cab nupkg snupkg vsix jar war apk aar whl xpi crx epub',
  email: 'eml msg',
  document: 'docx docm dotx dotm pptx pptm ppsx ppsm potx potm odt odp doc ppt rtf',
};

const KIND_OF = new Map<string, FileKind>(
  Object.entries(EXTENSIONS).flatMap(([kind, extensions]) =>
    extensions.split(' ').map((extension): [string, FileKind] => [extension, kind as FileKind]),
  ),
);

/** Returns the extension in lower case, without its dot. For a name without a dot, it is the whole name: `Makefile`. */
export function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

/** Returns the kind of a file by its extension. */
export function kindOf(name: string): FileKind {
  return KIND_OF.get(extensionOf(name)) ?? 'other';
}

/** Tables in text format. */
const SEPARATED_VALUES = new Set(['csv', 'tsv', 'tab']);

/** Workbooks in the format of Office Open XML. */
const WORKBOOKS = new Set(['xlsx', 'xlsm', 'xltx']);

/** Word documents in the format of Office Open XML. */
const WORD_DOCUMENTS = new Set(['docx', 'docm', 'dotx', 'dotm']);

/** Presentations in the format of Office Open XML. */
const PRESENTATIONS = new Set(['pptx', 'pptm', 'ppsx', 'ppsm', 'potx', 'potm']);

/** Zip archives, including document and package formats based on zip. */
const ZIPS = new Set([
  ...['zip', 'nupkg', 'snupkg', 'vsix', 'jar', 'war', 'apk', 'aar', 'whl', 'xpi', 'epub'],
  ...['odt', 'ods', 'odp'],
  ...WORKBOOKS,
  ...WORD_DOCUMENTS,
  ...PRESENTATIONS,
]);

/** Whether there is a viewer for a file, by its extension. */
export function hasViewer(name: string): boolean {
  const kind = kindOf(name);
  return !['table', 'archive', 'document', 'other'].includes(kind) || isSeparatedValues(name) || isZip(name);
}

/** Whether a table is a text with separated values, by its extension. */
export function isSeparatedValues(name: string): boolean {
  return SEPARATED_VALUES.has(extensionOf(name));
}

/** Whether a table is an Excel workbook that is a zip archive inside, by its extension. */
export function isWorkbook(name: string): boolean {
  return WORKBOOKS.has(extensionOf(name));
}

/** Whether a document is a Word document that is a zip archive inside, by its extension. */
export function isWordDocument(name: string): boolean {
  return WORD_DOCUMENTS.has(extensionOf(name));
}

/** Whether a document is a PowerPoint presentation that is a zip archive inside, by its extension. */
export function isPresentation(name: string): boolean {
  return PRESENTATIONS.has(extensionOf(name));
}

/** Whether a file is a zip archive inside, by its extension. */
export function isZip(name: string): boolean {
  return ZIPS.has(extensionOf(name));
}

/** Whether a file can have test results, by its extension. */
export function canHaveTestResults(name: string): boolean {
  return ['xml', 'trx'].includes(extensionOf(name));
}
