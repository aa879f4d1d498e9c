import type { PlanItem } from '../../bulk/plan/plan';
import { hasTypeRule } from '../../upload/rules/policy/check-file';
import { readContentType } from '../../upload/rules/policy/content-type';
import type { OpenedFile } from '../attach/local-file';
import { originOf } from '../rules/changed-file';

/**
 * Adds the types of files by their first bytes, if the rules of a work item ask for types. The type of a file that cannot
 * be read stays unknown: the upload reports it.
 */
export async function readContentTypes(
  files: readonly OpenedFile[],
  items: readonly Pick<PlanItem, 'rules'>[],
): Promise<readonly OpenedFile[]> {
  if (!items.some(({ rules }) => rules && hasTypeRule(rules))) return files;
  const typed: OpenedFile[] = [];
  for (const file of files) {
    // The rules for metadata and secrets change no type.
    const bytes = originOf(file.source) ?? file.source;
    const contentType = file.problem ? undefined : await readContentType(bytes).catch(() => undefined);
    typed.push(contentType ? { ...file, contentType } : file);
  }
  return typed;
}
