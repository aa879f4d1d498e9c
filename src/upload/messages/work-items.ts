import type { SaveOutcome } from '../../azure/host/host';
import type { RelationKind } from '../../azure/related-items';
import type { WorkItem } from '../../azure/work-item';
import { t } from '../../base/i18n/translate';
import type { Problem } from '../../base/errors';
import { listOf } from '../../base/format';
import { redact } from '../../base/redact';
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
          '{count, plural, one {# file was not attached to {workItem}.} other {# files were not attached to {workItem}.}}',
          { count: names.length, workItem },
        )
      : t('{name} was not attached to {workItem}.', { name, workItem }),
    describeCause(problem),
    quoteServer(problem),
    t('Open it and drop what is missing again.'),
  );
}

/**
 * Message about files of a closed form for a new work item, if its id cannot be determined.
 *
 * @param type `Bug`; empty if unknown.
 */
export function describeOrphans(names: readonly string[], type: string): string {
  return joinSentences(describeUnlinked(names, type), t('Open it and drop what is missing again.'));
}

/** Message about files of a closed form for a new work item, if no save was seen in time. */
export function describeClosedDraft(names: readonly string[]): string {
  const subject = soleName(names);
  return subject === undefined
    ? t(
        '{count, plural, one {# file attached to nothing: the new work item was closed before it was saved.} other {# files attached to nothing: the new work item was closed before it was saved.}}',
        { count: names.length },
      )
    : t(
        '{subject} was attached to nothing: the new work item was closed before it was saved. Drop the file on the saved one.',
        { subject },
      );
}

function describeUnlinked(names: readonly string[], type: string): string {
  const name = soleName(names);
  const count = names.length;
  if (name !== undefined)
    return type
      ? t('{name} was not attached: it is not certain which work item became of the new {type}.', {
          name,
          type,
        })
      : t('{name} was not attached: it is not certain which work item became of the new one.', { name });
  return type
    ? t(
        '{count, plural, one {# file was not attached: it is not certain which work item became of the new {type}.} other {# files were not attached: it is not certain which work item became of the new {type}.}}',
        { count, type },
      )
    : t(
        '{count, plural, one {# file was not attached: it is not certain which work item became of the new one.} other {# files were not attached: it is not certain which work item became of the new one.}}',
        { count },
      );
}

/** Question about changes that wait for a save: `Save the work item to remove “a.png”.` */
export function describeWaitingChanges(
  changes: readonly { readonly names: readonly string[]; readonly isRemoval: boolean }[],
): string {
  const names = changes.flatMap((change) => change.names);
  const name = soleName(names);
  const count = names.length;
  if (changes.every(({ isRemoval }) => isRemoval))
    return name === undefined
      ? t(
          '{count, plural, one {Save the work item to remove # file.} other {Save the work item to remove # files.}}',
          { count },
        )
      : t('Save the work item to remove {name}.', { name });
  return name === undefined
    ? t(
        '{count, plural, one {Save the work item to change # file.} other {Save the work item to change # files.}}',
        { count },
      )
    : t('Save the work item to change {name}.', { name });
}

/** Message about changes of a form that was closed without a save. */
export function describeAbandoned(count: number): string {
  return t(
    "{count, plural, one {# attachment wasn't changed because the work item was closed without saving.} other {# attachments weren't changed because the work item was closed without saving.}}",
    { count },
  );
}

/** Explains why the form was not saved. */
export function describeUnsaved(saving: Exclude<SaveOutcome, { outcome: 'saved' }>): string {
  switch (saving.outcome) {
    case 'invalid':
      return saving.fields.length > 0
        ? t('It cannot be saved yet. Correct {fields} first.', { fields: listOf(saving.fields) })
        : t('It cannot be saved yet: a field is missing or wrong.');
    case 'other-item':
      return t('It was not saved, because another work item is open on top of it. Close that one first.');
    case 'failed':
      return saving.message
        ? t('It was not saved. Azure DevOps says: {answer}', { answer: redact(saving.message) })
        : t('It was not saved. Use the form’s own Save button.');
  }
}

/** Returns the quoted name of a single file; `undefined` for several, to be counted instead. */
export function soleName(names: readonly string[]): string | undefined {
  const [name] = names;
  return names.length === 1 && name !== undefined ? quoteName(name) : undefined;
}
