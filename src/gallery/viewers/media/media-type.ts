import { extensionOf } from '../../../base/file-kind';

/**
 * MIME subtypes different from the file extension. QuickTime uses the container of MP4: browsers play it if they
 * support the codecs inside.
 */
const SUBTYPES: Readonly<Record<string, string>> = {
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

/** Returns the MIME type of a video or audio file by its name: `video/mp4`. */
export function mediaType(name: string, kind: 'video' | 'audio'): string {
  const extension = extensionOf(name);
  return `${kind}/${SUBTYPES[extension] ?? extension}`;
}
