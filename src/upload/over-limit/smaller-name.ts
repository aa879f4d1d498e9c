import { attachmentName, nameWithEnding } from '../intake/attachment-name';

/** Returns the name of a smaller copy: `clip (smaller).mp4` for `clip.mov`. */
export function smallerName(name: string, extension: string): string {
  return nameWithEnding(stemOf(attachmentName(name)), ` (smaller).${extension}`);
}

function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}
