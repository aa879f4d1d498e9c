import type { DuplicateGroup } from '../duplicates/duplicate-groups';
import { typeOf } from '../model/segment';
import type { ProjectFile } from '../project-index';
import { attachmentsOfFile } from '../project-index';

/** Conditions for files to remove. All given ones must hold; without any, no file is chosen. */
export interface CleanUpRules {
  /** Only files attached before this time, in milliseconds since the epoch. Files of unknown age are kept. */
  readonly addedBefore?: number;
  /** Only files larger than this, in bytes. Files of unknown size are kept. */
  readonly largerThan?: number;
  /** Only copies of another file. */
  readonly isDuplicate?: boolean;
  /** Only files on closed work items, if these still have the same state at the removal. */
  readonly isOnClosed?: boolean;
  /** Only files with one of these extensions, in lower case without a dot; empty for files without one. */
  readonly types?: readonly string[];
  /** Also files used in a text of their work item. Default: they are kept. */
  readonly includesFilesInTexts?: boolean;
}

/** A file kept although the rules hold. */
export interface KeptFile {
  readonly file: ProjectFile;
  readonly reason:
    /** The oldest file of a group of duplicates. */
    'original' | 'in-text';
}

/** Equal files of which one must stay. */
export interface CopyGroup {
  /** The relations of the oldest upload: one of them is enough. */
  readonly originals: readonly ProjectFile[];
  readonly copies: readonly ProjectFile[];
}

/** Files to remove by rules. */
export interface CleanUpPlan {
  readonly rules: CleanUpRules;
  /** Attachments by work item, in ascending order. */
  readonly files: readonly ProjectFile[];
  /** Number of work items to change. */
  readonly itemCount: number;
  /** Sum of the known sizes, in bytes. Links to one attachment count once. */
  readonly bytes: number;
  /** Expected notifications unless they can be suppressed: one per changed work item. */
  readonly mails: number;
  readonly kept: readonly KeptFile[];
  /** Groups with files to remove: these stay unless the original can be read. Default: none. */
  readonly groups?: readonly CopyGroup[];
}

/**
 * Plans a clean-up. The original of a group of duplicates is never removed, whatever the rules are.
 *
 * @param files Files to choose from, such as a search result.
 * @param groups Known duplicates in the whole project.
 */
export function planCleanUp(
  files: readonly ProjectFile[],
  groups: readonly DuplicateGroup[],
  rules: CleanUpRules,
): CleanUpPlan {
  const originals = new Set(groups.map(({ original }) => keyOf(original)));
  const duplicates = new Set([...originals, ...groups.flatMap((group) => group.copies.map(keyOf))]);
  const kept = new Map<string, KeptFile>();
  const chosen = new Map<string, ProjectFile>();
  for (const file of files) {
    if (!matches(file, rules, duplicates)) continue;
    const key = keyOf(file);
    if (originals.has(key)) kept.set(key, { file, reason: 'original' });
    else if (file.isInText && !rules.includesFilesInTexts) kept.set(key, { file, reason: 'in-text' });
    else chosen.set(key, file);
  }
  const copyGroups = groups.map(({ original, copies }) => ({ originals: [original], copies }));
  return { ...planOf([...chosen.values()], copyGroups), rules, kept: [...kept.values()] };
}

/**
 * Plans the removal of just these files, which the person has chosen, split ones with all their parts.
 *
 * @param groups Equal files of which one must stay.
 */
export function planOf(files: readonly ProjectFile[], groups: readonly CopyGroup[] = []): CleanUpPlan {
  const sorted = files.flatMap(attachmentsOfFile).sort((a, b) => a.item.id - b.item.id);
  const itemCount = new Set(sorted.map(({ item }) => item.id)).size;
  return {
    rules: {},
    files: sorted,
    ...{ itemCount, bytes: bytesOf(sorted), mails: itemCount },
    kept: [],
    groups,
  };
}

function matches(file: ProjectFile, rules: CleanUpRules, duplicates: ReadonlySet<string>): boolean {
  const { addedBefore, largerThan, isDuplicate, isOnClosed, types } = rules;
  const conditions = [
    // Comparisons with an unknown age or size are false.
    addedBefore === undefined ? undefined : file.addedAt < addedBefore,
    largerThan === undefined ? undefined : (file.size ?? NaN) > largerThan,
    isDuplicate ? duplicates.has(keyOf(file)) : undefined,
    isOnClosed ? file.item.isClosed : undefined,
    types && types.length > 0 ? types.includes(typeOf(file.name)) : undefined,
  ].filter((condition) => condition !== undefined);
  return conditions.length > 0 && conditions.every(Boolean);
}

/** Sum of the known sizes. */
function bytesOf(files: readonly ProjectFile[]): number {
  const sizes = new Map(files.map(({ reference, size = 0 }) => [reference.id, size]));
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/** Returns the key of a file on its work item. */
export function keyOf({ item, reference }: ProjectFile): string {
  return `${item.id} ${reference.id}`;
}
