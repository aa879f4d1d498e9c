/**
 * In UTF-16 units. Azure DevOps documents no limit; 255 is the limit of file systems and migration tools (REST
 * reference B).
 */
export const MAX_NAME_LENGTH = 255;

const MAX_EXTENSION_LENGTH = 20;

/**
 * Returns the attachment name of a file: its own name in Unicode form NFC, without folders, control characters and
 * lone surrogates, since these cannot be percent-encoded. A name over 255 characters is cut before its extension.
 */
export function attachmentName(fileName: string): string {
  const bare = fileName.split(/[/\\]/).at(-1) ?? '';
  const clean = replaceLoneSurrogates(bare.normalize('NFC')).replace(/[\u0000-\u001f\u007f]/g, '_');
  return /^[\s.]*$/.test(clean) ? 'unnamed' : shortened(clean, '');
}

/** Numbers a file with the same name as another: `a (2).png`, `README (2)`. */
export function numberedName(name: string, number: number): string {
  return shortened(name, ` (${number})`);
}

/** Appends an ending to a name: `a.png.001`. A long name is cut before its extension. */
export function nameWithEnding(name: string, ending: string): string {
  return shortened(name, '', MAX_NAME_LENGTH - ending.length) + ending;
}

/** Returns the name before it was numbered: `a.png` for `a (2).png`. */
export function withoutNumber(name: string): string {
  return name.replace(/ \(\d+\)(?=(?:\.[^.]{0,19})?$)/, '');
}

/** Adds `mark` before the extension and cuts a long name before it. */
function shortened(name: string, mark: string, maxLength = MAX_NAME_LENGTH): string {
  if (name.length <= maxLength && mark === '') return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= MAX_EXTENSION_LENGTH ? name.slice(dot) : '';
  const stem = name.slice(0, name.length - extension.length);
  const room = maxLength - mark.length - extension.length;
  // The cut may split a surrogate pair.
  return stem.slice(0, room).replace(/[\ud800-\udbff]$/, '') + mark + extension;
}

function replaceLoneSurrogates(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
