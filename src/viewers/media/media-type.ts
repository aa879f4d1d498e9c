import { extensionOf } from '../../model/file-kind';

/**
 * MIME types by extension, where the type is not the extension itself. QuickTime's container is that of MP4, which
 * browsers play if what is in it is what they know.
 */
const TYPES: Readonly<Record<string, string>> = {
  m4v: 'mp4',
  mov: 'mp4',
  ogv: 'ogg',
  mkv: 'x-matroska',
  mp3: 'mpeg',
  m4a: 'mp4',
  oga: 'ogg',
  opus: 'ogg',
  weba: 'webm',
};

/** The MIME type of a film or a sound by its name: `video/mp4`. */
export function mediaType(name: string, kind: 'video' | 'audio'): string {
  const extension = extensionOf(name);
  return `${kind}/${TYPES[extension] ?? extension}`;
}
