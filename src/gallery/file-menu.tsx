import * as React from 'react';
import type { AttachedFile } from '../attached/attached-file';
import { keyOfFile } from '../attached/attached-file';
import { downloadUrl, markdownLink } from '../attached/file-links';
import { t } from '../i18n/translate';
import {
  CompareIcon,
  CopyIcon,
  CrossIcon,
  DownloadIcon,
  EditIcon,
  EyeIcon,
  LinkIcon,
  MoveIcon,
  RetryIcon,
} from '../ui/icons';
import type { MenuItem } from '../ui/menu';
import type { CopiedPart } from './copy-sentences';
import type { GallerySession } from './gallery-session';
import type { GalleryState } from './gallery-state';

/** What a menu of files needs beside the session: what asks the person first, or tells what came of it. */
export interface MenuTools {
  readonly copy: (text: string, what: CopiedPart) => void;
  readonly editComment: (file: AttachedFile) => void;
  readonly compare: (files: readonly [AttachedFile, AttachedFile]) => void;
  /** Lets the person pick the file that takes its place. */
  readonly pickSuccessor: (file: AttachedFile) => void;
  /** Lets the person choose the work item that they go to. */
  readonly chooseTarget: (files: readonly AttachedFile[], isMove: boolean) => void;
}

/** What can be done with these files, those that only look first. */
export function menuItemsFor(
  files: readonly AttachedFile[],
  { isReadOnly, members, busy }: GalleryState,
  session: GallerySession,
  tools: MenuTools,
): readonly MenuItem[] {
  const [file, ...others] = files;
  if (!file) return [];
  const looks = others.length > 0 ? [...compareItems(file), zipItem()] : lookItems(file);
  const mayChange = !isReadOnly && !files.some((each) => busy.has(keyOfFile(each)));
  return mayChange ? [...looks, ...changes(file)] : looks;

  function compareItems(one: AttachedFile): readonly MenuItem[] {
    const [other, ...rest] = others;
    if (!other || rest.length > 0) return [];
    return [{ text: t('Compare'), icon: <CompareIcon />, onSelect: () => tools.compare([one, other]) }];
  }

  function zipItem(): MenuItem {
    return {
      text: t('Download (zip)'),
      icon: <DownloadIcon />,
      onSelect: () => session.zip.start(files, members),
    };
  }

  function lookItems(one: AttachedFile): readonly MenuItem[] {
    const isImage = one.kind === 'image';
    return [
      { text: t('Preview'), icon: <EyeIcon />, onSelect: () => session.preview(one) },
      { text: t('Download'), icon: <DownloadIcon />, onSelect: () => void session.download(one) },
      {
        text: t('Copy name'),
        icon: <CopyIcon />,
        beginsGroup: true,
        onSelect: () => tools.copy(one.name, 'name'),
      },
      {
        text: t('Copy link'),
        icon: <LinkIcon />,
        onSelect: () => tools.copy(downloadUrl(one), 'link'),
      },
      {
        text: isImage ? t('Copy Markdown image') : t('Copy Markdown link'),
        icon: <LinkIcon />,
        onSelect: () => tools.copy(markdownLink(one), isImage ? 'markdown-image' : 'markdown-link'),
      },
    ];
  }

  function changes(one: AttachedFile): readonly MenuItem[] {
    const alone: readonly MenuItem[] = [
      {
        text: t('Edit comment…'),
        icon: <EditIcon />,
        beginsGroup: true,
        onSelect: () => tools.editComment(one),
      },
      { text: t('Replace…'), icon: <RetryIcon />, onSelect: () => tools.pickSuccessor(one) },
    ];
    return [
      ...(others.length > 0 ? [] : alone),
      {
        text: t('Copy to another work item…'),
        icon: <CopyIcon />,
        beginsGroup: true,
        onSelect: () => tools.chooseTarget(files, false),
      },
      {
        text: t('Move to another work item…'),
        icon: <MoveIcon />,
        onSelect: () => tools.chooseTarget(files, true),
      },
      {
        text: t('Remove'),
        icon: <CrossIcon />,
        beginsGroup: true,
        onSelect: () => void session.remove(files),
      },
    ];
  }
}
