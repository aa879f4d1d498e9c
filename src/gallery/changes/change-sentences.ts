import type { AttachedFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import { listOf } from '../../base/format';
import { describeProblem, quoteName } from '../../upload/messages/problems';
import { describeWorkItem } from '../../upload/messages/work-items';
import type { FileError } from '../gallery-state';
import { onlyName } from '../sentences';
import type { Transfer } from './transfers';

/** Error of a command. It names a work item that is full, or is not the one in the form. */
export function describeFileError({ problem, name, workItem }: FileError, openItemId: number): string {
  const subject = name === undefined ? t('The files') : quoteName(name);
  if (!workItem) return describeProblem(problem, subject);
  const itemName = describeWorkItem(workItem.id, workItem.type);
  if (problem.kind === 'attachment-limit')
    return t(
      "{subject} can't be attached because {workItem} is full. Remove some of its attachments, then try again.",
      { workItem: itemName, subject },
    );
  return describeProblem(problem, workItem.id === openItemId ? subject : listOf([itemName, subject]));
}

/** `Removed “a.png”.`, or `Removed 3 files.` */
export function describeRemoved(files: readonly AttachedFile[]): string {
  const name = onlyName(files);
  return name === undefined
    ? t('{count, plural, one {Removed # file.} other {Removed # files.}}', { count: files.length })
    : t('Removed {name}.', { name });
}

/** Name of a button that removes these files. */
export function describeRemoving(files: readonly AttachedFile[]): string {
  const name = onlyName(files);
  return name === undefined
    ? t('{count, plural, one {Remove # file} other {Remove # files}}', { count: files.length })
    : t('Remove {name}', { name });
}

/** `Moved “a.png” to Bug 7.`, or a note about files attached there already. */
export function describeTransfer({ isMove, files, target, linked, removed }: Transfer): string {
  const workItem = describeWorkItem(target.id, target.type);
  const name = onlyName(files);
  const count = files.length;
  if (linked.length === 0 && removed.length === 0)
    return name === undefined
      ? t(
          '{count, plural, one {# file is already attached to {workItem}.} other {# files are already attached to {workItem}.}}',
          {
            count,
            workItem,
          },
        )
      : t('{name} is already attached to {workItem}.', { name, workItem });
  if (isMove)
    return name === undefined
      ? t('{count, plural, one {Moved # file to {workItem}.} other {Moved # files to {workItem}.}}', {
          count,
          workItem,
        })
      : t('Moved {name} to {workItem}.', { name, workItem });
  return name === undefined
    ? t('{count, plural, one {Copied # file to {workItem}.} other {Copied # files to {workItem}.}}', {
        count,
        workItem,
      })
    : t('Copied {name} to {workItem}.', { name, workItem });
}
