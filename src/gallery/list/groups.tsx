import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import type { GallerySession } from '../gallery-session';
import type { GalleryState, Member } from '../gallery-state';
import { hasFolders } from '../gallery-state';
import { describeMember } from '../sentences';

/** Shown files of one work item, or of one of its folders. */
export interface Group {
  readonly key: string;
  readonly member: Member;
  /** Title; `undefined` if nothing is grouped. */
  readonly title: string | undefined;
  readonly files: readonly AttachedFile[];
}

/** Groups the shown files by work item, by folder if requested, and those in texts, without empty groups. */
export function groupsOf(state: GalleryState): readonly Group[] {
  const { shown, members, withFamily } = state;
  const byFolder = state.arrangement.byFolder === true && hasFolders(state);
  return members.flatMap((member) => {
    const ofItem = shown.filter(({ workItemId }) => workItemId === member.workItemId);
    const files = ofItem.filter(({ inText }) => !inText);
    const inTexts = ofItem.filter(({ inText }) => inText);
    const textGroup = { key: `${member.workItemId} texts`, member, title: t('In the text'), files: inTexts };
    const folders = new Set(files.map(({ folder }) => (byFolder ? folder : '')));
    const groups = [...folders].map((folder) => ({
      key: `${member.workItemId} ${folder}`,
      member,
      title: titleOf([withFamily && describeMember(member), byFolder && (folder || t('No folder'))]),
      files: byFolder ? files.filter((file) => file.folder === folder) : files,
    }));
    return inTexts.length > 0 ? [...groups, textGroup] : groups;
  });
}

function titleOf(parts: readonly (string | false)[]): string | undefined {
  const all = parts.filter((part) => part !== false);
  return all.length > 0 ? all.join(' · ') : undefined;
}

/** Title of a group, with a button to open its work item. */
export function GroupTitle(props: { group: Group; session: GallerySession }): React.JSX.Element {
  const { group, session } = props;
  const { member, title: label = '' } = group;
  if (member.kinship === 'own') return <bdi title={label}>{label}</bdi>;
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
