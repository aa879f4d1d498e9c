import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { AttachedFile } from '../../attached/attached-file';
import { t } from '../../i18n/translate';
import type { GallerySession } from '../gallery-session';
import type { GalleryState, Member } from '../gallery-state';
import { describeMember } from '../sentences';

/** The files of a work item. */
export interface Group {
  readonly member: Member;
  readonly files: readonly AttachedFile[];
}

/** The files that are shown, work item by work item; those that have none to show are left out. */
export function groupsOf({ shown, members }: GalleryState): readonly Group[] {
  return members
    .map((member) => ({ member, files: shown.filter((file) => file.workItemId === member.workItemId) }))
    .filter(({ files }) => files.length > 0);
}

/** Whose files follow, and the way there. */
export function GroupTitle({
  member,
  session,
}: {
  member: Member;
  session: GallerySession;
}): React.JSX.Element {
  const words = describeMember(member);
  if (member.kinship === 'own') return <span>{words}</span>;
  return (
    <>
      <bdi title={words}>{words}</bdi>
      <Button
        className="text-button"
        subtle={true}
        text={t('Open')}
        ariaLabel={t('Open work item {id}', { id: member.workItemId })}
        onClick={() => session.openWorkItem(member.workItemId)}
      />
    </>
  );
}
