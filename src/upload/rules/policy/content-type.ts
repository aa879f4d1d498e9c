/** Types of files with a common start. */
export interface ContentType {
  /** The usual one first, in lower case, without a dot. */
  readonly extensions: readonly string[];
}

/** Bytes needed to tell a type. */
const CONTENT_START_BYTES = 512;

/** Types that a file can pretend not to be, with their starts as patterns of single-byte characters. */
const STARTS: readonly (readonly [extensions: string, start: RegExp])[] = [
  ['exe dll com scr sys ocx cpl drv efi', /^MZ/],
  ['elf so o bin run axf ko', /^\x7fELF/],
  ['macho dylib bin class', /^(?:\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe)/],
  ['lnk', /^L\0\0\0\x01\x14\x02\0/],
  ['png apng', /^\x89PNG\r\n\x1a\n/],
  ['jpg jpeg jfif jpe', /^\xff\xd8\xff/],
  ['gif', /^GIF8[79]a/],
  ['webp', /^RIFF[^]{4}WEBP/],
  ['wav', /^RIFF[^]{4}WAVE/],
  ['avi', /^RIFF[^]{4}AVI /],
  ['bmp dib', /^BM[^]{4}\0\0\0\0/],
  ['tif tiff dng nef cr2 arw', /^(?:II\*\0|MM\0\*)/],
  ['mp4 m4v m4a mov 3gp heic heif avif', /^[^]{4}ftyp/],
  ['webm mkv mka', /^\x1aE\xdf\xa3/],
  ['mp3', /^ID3/],
  ['ogg oga ogv opus', /^OggS/],
  ['flac', /^fLaC/],
  ['pdf ai', /^%PDF-/],
  ['rtf', /^\{\\rtf/],
  ['doc xls ppt msg msi dot xlt pps vsd mpp pub', /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/],
  [
    [
      'zip docx xlsx pptx docm xlsm pptm dotx xltx potx ppsx dotm xltm potm ppsm vsdx odt ods odp odg epub',
      'jar war ear apk aar nupkg snupkg vsix xpi whl ipa kmz appx msix cbz sketch',
    ].join(' '),
    /^PK(?:\x03\x04|\x05\x06)/,
  ],
  ['crx', /^Cr24/],
  ['7z', /^7z\xbc\xaf\x27\x1c/],
  ['rar', /^Rar!\x1a\x07/],
  ['gz tgz', /^\x1f\x8b/],
  ['bz2 tbz tbz2', /^BZh[1-9]/],
  ['xz txz', /^\xfd7zXZ\0/],
  ['zst', /^\x28\xb5\x2f\xfd/],
  ['cab msu', /^MSCF/],
  ['sqlite db sqlite3', /^SQLite format 3\0/],
];

/** Tells the type of a file by its first bytes; `undefined` for texts and unknown types. */
function contentTypeOf(start: Uint8Array): ContentType | undefined {
  // One character for each byte, with its number.
  const text = String.fromCharCode(...start.subarray(0, CONTENT_START_BYTES));
  const extensions = STARTS.find(([, pattern]) => pattern.test(text))?.[0];
  return extensions === undefined ? undefined : { extensions: extensions.split(' ') };
}

/** Reads the type of a file from its first bytes. @throws DOMException if the file is unreadable. */
export async function readContentType(bytes: Blob): Promise<ContentType | undefined> {
  return contentTypeOf(new Uint8Array(await bytes.slice(0, CONTENT_START_BYTES).arrayBuffer()));
}
