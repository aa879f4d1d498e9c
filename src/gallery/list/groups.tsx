import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import type { GallerySession } from '../gallery-session';
import type { GalleryState, Member } from '../gallery-state';
import { describeMember } from '../sentences';

/** Shown files of one work item. */
export interface Group {
  readonly member: Member;
  readonly files: readonly AttachedFile[];
}

/** Groups the shown files by work item, without empty groups. */
export function groupsOf({ shown, members }: GalleryState): readonly Group[] {
  return members
    .map((member) => ({ member, files: shown.filter((file) => file.workItemId === member.workItemId) }))
    .filter(({ files }) => files.length > 0);
}

/** Title of a group, with a button to open its work item. */
export function GroupTitle({
  member,
  session,
}: {
  member: Member;
  session: GallerySession;
}): React.JSX.Element {
  const label = describeMember(member);
  if (member.kinship === 'own') return <span>{label}</span>;
  return (
    <>
      <bdi title={label}>{label}</bdi>
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
