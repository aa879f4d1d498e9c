import type { RelationKind } from '../../azure/related-items';
import type { WorkItem } from '../../azure/work-item';
import { t } from '../../base/i18n/translate';
import type { Problem } from '../../base/errors';
import { describeCause, joinSentences, quoteName, quoteServer } from './problems';

/** `Bug 7`, or `Work item 7` if the type is unknown. */
export function describeWorkItem(id: number, type: string): string {
  return type ? `${type} ${id}` : t('Work item {id}', { id });
}

/** `Parent: Epic 3 Offline first`. */
export function describeRelated(
  kind: RelationKind,
  { id, type, title }: Pick<WorkItem, 'id' | 'type' | 'title'>,
): string {
  const workItem = [describeWorkItem(id, type), title].filter(Boolean).join(' ');
  switch (kind) {
    case 'parent':
      return t('Parent: {workItem}', { workItem });
    case 'child':
      return t('Child: {workItem}', { workItem });
    case 'related':
      return t('Related: {workItem}', { workItem });
  }
}

/** Message about success for a user without the rows: `2 files were attached to Bug 7.` */
export function describeAttached(names: readonly string[], workItem: string): string {
  const name = soleName(names);
  return name === undefined
    ? t(
        '{count, plural, one {# file was attached to {workItem}.} other {# files were attached to {workItem}.}}',
        { count: names.length, workItem },
      )
    : t('{name} was attached to {workItem}.', { name, workItem });
}

/** Message about files of a closed form after their link failed. */
export function describeNotAttached(names: readonly string[], workItem: string, problem: Problem): string {
  const name = soleName(names);
  return joinSentences(
    name === undefined
      ? t(
          "{count, plural, one {# file wasn't attached to {workItem}.} other {# files weren't attached to {workItem}.}}",
          { count: names.length, workItem },
        )
      : t("{name} wasn't attached to {workItem}.", { name, workItem }),
    describeCause(problem),
    quoteServer(problem),
    describeRemedy(names.length),
  );
}

/**
 * Message about files of a closed form for a new work item, if its id cannot be determined.
 *
 * @param type `Bug`; empty if unknown.
 */
export function describeOrphans(names: readonly string[], type: string): string {
  const name = soleName(names);
  const count = names.length;
  return joinSentences(
    name === undefined
      ? t("{count, plural, one {# file wasn't attached.} other {# files weren't attached.}}", { count })
      : t("{name} wasn't attached.", { name }),
    type
      ? t("Stapler couldn't find the new {type}.", { type })
      : t("Stapler couldn't find the new work item."),
    describeRemedy(count),
  );
}

function describeRemedy(count: number): string {
  return t(
    '{count, plural, one {Open it and add the file again.} other {Open it and add the files again.}}',
    { count },
  );
}

/** Message about files of a closed form for a new work item, if no save was seen in time. */
export function describeClosedDraft(names: readonly string[]): string {
  const name = soleName(names);
  return name === undefined
    ? t(
        "{count, plural, one {# file wasn't attached because the work item was closed without saving.} other {# files weren't attached because the work item was closed without saving.}}",
        { count: names.length },
      )
    : t("{name} wasn't attached because the work item was closed without saving.", { name });
}

/** Message about changes of a form that was closed without a save. */
export function describeAbandoned(count: number): string {
  return t(
    "{count, plural, one {# attachment wasn't changed because the work item was closed without saving.} other {# attachments weren't changed because the work item was closed without saving.}}",
    { count },
  );
}

/** Returns the quoted name of a single file; `undefined` for several, to be counted instead. */
export function soleName(names: readonly string[]): string | undefined {
  const [name] = names;
  return names.length === 1 && name !== undefined ? quoteName(name) : undefined;
}
