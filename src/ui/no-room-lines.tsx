import * as React from 'react';
import { formatBytes, listOf } from '../base/format';
import { t } from '../base/i18n/translate';
import type { HeldAnswer, HeldFile, HeldReason } from '../upload/checks/checks-state';
import type { FileChecks } from '../upload/checks/file-checks';
import { describeImpossible, isPossible } from '../upload/messages/over-limit';
import { quoteName } from '../upload/messages/problems';
import type { Choice } from './choices';
import { Choices } from './choices';
import { HeldProgress } from './held-progress';
import { ErrorIcon } from './icons';

/** Names in a question; the other ones are counted. */
const MAX_NAMES = 3;

/** Files that wait because the work item has no room for all of them. */
export type HeldForRoom = HeldFile & { readonly reason: HeldReason & { kind: 'no-room' } };

/** Whether a file is held with others for lack of room. */
export function isHeldForRoom(file: HeldFile): file is HeldForRoom {
  return file.reason.kind === 'no-room';
}

/** Questions about files without room, one for each drop. */
export function NoRoomLines(props: {
  held: readonly HeldForRoom[];
  checks: Pick<FileChecks, 'answer' | 'stop'>;
}): React.JSX.Element {
  const { held, checks } = props;
  const label = t('Files without room');
  return (
    <>
      {held.map((each) =>
        each.isBusy ? (
          <HeldProgress
            key={each.id}
            label={label}
            text={t('Creating the zip…')}
            held={each}
            onStop={() => checks.stop([each.id])}
          />
        ) : (
          <Choices
            key={each.id}
            label={label}
            icon={<ErrorIcon />}
            text={t("{count, number} files don't fit. The work item has room for one more attachment.", {
              count: each.reason.files.length,
            })}
            choices={choicesFor(each.reason)}
            ids={[each.id]}
            onAnswer={checks.answer}
          >
            <p className="check-notes quiet">{notesOn(each.reason)}</p>
          </Choices>
        ),
      )}
    </>
  );
}

function choicesFor({ zip }: HeldForRoom['reason']): readonly Choice<HeldAnswer>[] {
  return [
    ...(isPossible(zip)
      ? [
          {
            answer: 'bundle',
            text: t('Attach as one zip, about {size}', { size: formatBytes(zip.prediction.bytes) }),
            isDefault: true,
          } as const,
        ]
      : []),
    { answer: 'attach', text: t('Attach what fits') },
    { answer: 'leave-out', text: t('Leave out') },
  ];
}

function notesOn({ files, zip }: HeldForRoom['reason']): string {
  const names = files.slice(0, MAX_NAMES).map(({ name }) => quoteName(name));
  const count = files.length - names.length;
  const more = count > 0 ? [t('and {count, number} more', { count })] : [];
  const impossible = describeImpossible(zip);
  return [`${listOf([...names, ...more])}.`, ...(impossible ? [impossible] : [])].join(' ');
}
