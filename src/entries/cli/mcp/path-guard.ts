import type { PlatformPath } from 'node:path';
import { posix, win32 } from 'node:path';
import { isDeviceName } from '../../../gallery/model/entry-names';

/** Refusal of a path. Its message is short, and never contains the path. */
export class PathRefusedError extends Error {
  override readonly name = 'PathRefusedError';
}

/** Rules for the paths of one system. */
export interface PathRules {
  readonly path: PlatformPath;
  /** Whether names are equal regardless of case. */
  readonly ignoresCase: boolean;
  /** Names of files and folders with a dot in front that are allowed. */
  readonly allowedDots: readonly string[];
}

/** An allowed folder. */
export interface Root {
  /** Absolute, as the person gave it. */
  readonly path: string;
  /** Its real path, without links. */
  readonly real: string;
}

/** Maximum length of a path, in characters. */
const MAX_PATH_LENGTH = 4_096;

/** Folders of the kernel: their files are processes and devices. */
const KERNEL_FOLDERS = ['/proc', '/dev', '/sys'];

/** Returns the rules of a system. */
export function rulesOf(platform: NodeJS.Platform, allowedDots: readonly string[] = []): PathRules {
  return {
    path: platform === 'win32' ? win32 : posix,
    ignoresCase: platform === 'win32' || platform === 'darwin',
    allowedDots,
  };
}

/**
 * Returns the absolute path for a text from outside, without touching the disk. A relative path starts at the first
 * allowed folder.
 *
 * @throws PathRefusedError if the text is no plain path inside an allowed folder.
 */
export function resolvePath(text: string, roots: readonly Root[], rules: PathRules): string {
  const { path } = rules;
  checkText(text);
  if (path === win32) checkWindowsPath(text);
  if (namesOf(text, rules).includes('..')) throw new PathRefusedError('A path must not contain "..".');
  const [first] = roots;
  if (!first) throw new PathRefusedError('There is no allowed folder.');
  const absolute = path.resolve(first.path, text);
  const folders = roots.flatMap((root) => [root.path, root.real]);
  checkNames(firstOf(folders.map((folder) => namesBelow(folder, absolute, rules))), rules);
  return absolute;
}

/**
 * Checks a real path: after all links, it must be inside an allowed folder. Letters count exactly here, because the
 * system returns them as they are on the disk.
 *
 * @throws PathRefusedError
 */
export function checkRealPath(real: string, roots: readonly Root[], rules: PathRules): void {
  if (KERNEL_FOLDERS.some((folder) => real === folder || real.startsWith(`${folder}/`)))
    throw new PathRefusedError('Files of the system are not allowed.');
  const exact = { ignoresCase: false };
  checkNames(firstOf(roots.map((root) => namesBelow(root.real, real, rules, exact))), rules);
}

/** Whether a name can be used for a new file. */
export function isAllowedName(name: string, { path, ignoresCase, allowedDots }: PathRules): boolean {
  if (path === win32 && !isPlainWindowsName(name)) return false;
  return (
    !name.startsWith('.') || allowedDots.some((dot) => fold(dot, ignoresCase) === fold(name, ignoresCase))
  );
}

function checkText(text: string): void {
  if (text === '') throw new PathRefusedError('The path is empty.');
  if (text.length > MAX_PATH_LENGTH) throw new PathRefusedError('The path is too long.');
  if (/[\u0000-\u001f\u007f]|\p{Surrogate}/u.test(text))
    throw new PathRefusedError('A path must not contain control characters.');
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(text)) throw new PathRefusedError('This is an address, not a path.');
  if (text.startsWith('~')) throw new PathRefusedError('A path must not start with "~".');
}

/** Refuses forms of Windows that lead around a check of names. */
function checkWindowsPath(text: string): void {
  if (/^[\\/]{2}/.test(text))
    throw new PathRefusedError('Paths of the network and of devices are not allowed.');
  const withoutDrive = text.replace(/^[a-z]:(?=[\\/])/i, '');
  if (/^[\\/]/.test(withoutDrive) && withoutDrive === text)
    throw new PathRefusedError('An absolute path needs its drive.');
  const names = withoutDrive.split(/[\\/]/).filter((name) => !['', '.', '..'].includes(name));
  if (!names.every(isPlainWindowsName))
    throw new PathRefusedError('Streams, devices and names with a dot or space at the end are not allowed.');
}

/** A colon is a stream, `a.txt:b`. Windows drops dots and spaces at the end. */
function isPlainWindowsName(name: string): boolean {
  return !/[<>:"|?*]/.test(name) && !/[. ]$/.test(name) && !isDeviceName(name);
}

/** Names from `folder` to `target`, or `undefined` if it is not inside. */
function namesBelow(
  folder: string,
  target: string,
  rules: PathRules,
  { ignoresCase }: Pick<PathRules, 'ignoresCase'> = rules,
): readonly string[] | undefined {
  const base = namesOf(folder, rules);
  const names = namesOf(target, rules);
  const isInside = base.every(
    (name, index) => fold(name, ignoresCase) === fold(names[index] ?? '', ignoresCase),
  );
  return isInside ? names.slice(base.length) : undefined;
}

/** @throws PathRefusedError */
function checkNames(below: readonly string[] | undefined, rules: PathRules): void {
  if (!below) throw new PathRefusedError('The path is outside of the allowed folders.');
  if (!below.every((name) => isAllowedName(name, rules)))
    throw new PathRefusedError('Files and folders with a dot in front are not allowed.');
}

function firstOf(found: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  return found.find((each) => each !== undefined);
}

function namesOf(text: string, { path }: PathRules): readonly string[] {
  return text.split(path === win32 ? /[\\/]/ : '/').filter((name) => name !== '' && name !== '.');
}

function fold(text: string, ignoresCase: boolean): string {
  return ignoresCase ? text.normalize('NFC').toUpperCase().toLowerCase() : text;
}
