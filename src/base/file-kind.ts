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

/** Whether the editor can open an image of this name before its upload. */
export function isEditable(name: string): boolean {
  return /\.(png|jpe?g|webp)$/i.test(name);
}

/** Returns the extension in lower case, without its dot. For a name without a dot, it is the whole name: `Makefile`. */
export function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

/** Returns the kind of a file by its extension. */
export function kindOf(name: string): FileKind {
  return KIND_OF.get(extensionOf(name)) ?? 'other';
}
