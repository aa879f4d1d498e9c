import { extensionOf } from '../../../base/file-kind';
import type { NamedItem } from '../names/match-name';
import { matchesName, prepareName } from '../names/match-name';
import type { ContentType } from './content-type';
import { readContentType } from './content-type';
import type { PolicyRules } from './policy';

/** A file that a policy judges. */
export interface JudgedFile {
  readonly name: string;
  /** In bytes; `undefined` if unknown, and then not judged. */
  readonly size: number | undefined;
  readonly comment: string;
}

/** The work item of the file. */
export interface JudgedItem extends NamedItem {
  /** Its attachments, with this file. */
  readonly fileCount: number;
}

/** A rule that a file breaks. */
export type RuleBreak =
  | { readonly rule: 'maxBytes'; readonly maxBytes: number; readonly size: number }
  | { readonly rule: 'maxFiles'; readonly maxFiles: number }
  /** `isContent`: the name has another extension. */
  | { readonly rule: 'type'; readonly extension: string; readonly isContent: boolean }
  | { readonly rule: 'requireComment' }
  | { readonly rule: 'name'; readonly pattern: string };

/** Returns the rules that a file breaks, as far as its bytes do not matter. */
export function checkFile(rules: PolicyRules, file: JudgedFile, item: JudgedItem): readonly RuleBreak[] {
  const { maxBytes, maxFiles, requireComment = false, name } = rules;
  const { size, comment } = file;
  const breaks: RuleBreak[] = [];
  if (maxBytes !== undefined && size !== undefined && size > maxBytes)
    breaks.push({ rule: 'maxBytes', maxBytes, size });
  if (maxFiles !== undefined && item.fileCount > maxFiles) breaks.push({ rule: 'maxFiles', maxFiles });
  const extension = fileExtension(file.name);
  if (!isAllowed(rules, extension)) breaks.push({ rule: 'type', extension, isContent: false });
  if (requireComment && comment.trim() === '') breaks.push({ rule: 'requireComment' });
  if (name) {
    const prepared = prepareName(file.name);
    if (!name.alternatives.some((alternative) => matchesName(alternative, prepared, item)))
      breaks.push({ rule: 'name', pattern: name.text });
  }
  return breaks;
}

/**
 * Returns the broken rule for a file whose bytes are of another type than its name says, if that type is not allowed.
 * Reads the first bytes only, and none without a rule for types.
 *
 * @throws DOMException if the file is unreadable.
 */
export async function checkContent(
  rules: PolicyRules,
  name: string,
  bytes: Blob,
): Promise<RuleBreak | undefined> {
  return hasTypeRule(rules) ? checkType(rules, name, await readContentType(bytes)) : undefined;
}

/** Whether the types of files matter. */
export function hasTypeRule({ allow, block }: PolicyRules): boolean {
  return allow !== undefined || block !== undefined;
}

/** Same as `checkContent`, for a type that is known; `undefined` for texts and unknown types. */
export function checkType(
  rules: PolicyRules,
  name: string,
  type: ContentType | undefined,
): RuleBreak | undefined {
  if (!type || type.extensions.includes(fileExtension(name))) return undefined;
  const [usual = ''] = type.extensions;
  const isRefused = rules.block?.includes(usual) || !type.extensions.some((each) => isAllowed(rules, each));
  return isRefused ? { rule: 'type', extension: usual, isContent: true } : undefined;
}

/** Empty for a name without a dot. */
function fileExtension(name: string): string {
  return name.includes('.') ? extensionOf(name) : '';
}

function isAllowed({ allow, block }: PolicyRules, extension: string): boolean {
  return !block?.includes(extension) && (allow?.includes(extension) ?? true);
}
