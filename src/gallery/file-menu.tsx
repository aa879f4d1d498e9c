import * as React from 'react';
import type { AttachedFile, InText } from './model/attached-file';
import { keyOfFile } from './model/attached-file';
import { downloadUrl, markdownLink, viewUrl } from './model/file-links';
import { t } from '../base/i18n/translate';
import {
  CompareIcon,
  CopyIcon,
  DownloadIcon,
  DrawIcon,
  EditIcon,
  EyeIcon,
  LinkIcon,
  MoveIcon,
  RetryIcon,
  TrashIcon,
  UploadIcon,
} from '../ui/icons';
import type { MenuItem } from '../ui/menu';
import { canCopyImages, isCopyableImage } from './copy-image';
import type { CopiedPart } from './copying';
import { ArchiveIcon, CommentIcon, ImageIcon, NewTabIcon } from './gallery-icons';
import type { GallerySession } from './gallery-session';
import type { GalleryState } from './gallery-state';
import { selectedFiles } from './gallery-state';

/** Commands of the menu besides those of the session: the ones with a dialog or a notice. */
export interface MenuTools {
  readonly copy: (text: string, part: CopiedPart) => void;
  readonly copyImage: (file: AttachedFile) => void;
  /** Edits the name in the row of the file, or in a dialog. */
  readonly rename: (file: AttachedFile) => void;
  readonly insert: (file: AttachedFile) => void;
  readonly editImage: (file: AttachedFile) => void;
  readonly editComment: (file: AttachedFile) => void;
  readonly compare: (files: readonly [AttachedFile, AttachedFile]) => void;
  /** Lets the person move files into a zip. */
  readonly bundle: (files: readonly AttachedFile[]) => void;
  /** Lets the person pick a replacement. */
  readonly pickSuccessor: (file: AttachedFile) => void;
  /** Lets the person choose the target of a copy or move. */
  readonly chooseTarget: (files: readonly AttachedFile[], isMove: boolean) => void;
}

/** Command to select a file, or to add it to the selection. For touch, as a tap previews the file. */
export function selectItemFor(file: AttachedFile, session: GallerySession): MenuItem {
  return {
    text: t('Select'),
    onSelect: () => session.select(file, selectedFiles(session.getSnapshot()).length > 0 ? 'toggle' : 'only'),
  };
}

/** Commands for some files, the read-only ones first. */
export function menuItemsFor(
  files: readonly AttachedFile[],
  { isReadOnly, workItemId, members, busy, previewed, files: attached = [] }: GalleryState,
  session: GallerySession,
  tools: MenuTools,
): readonly MenuItem[] {
  const [file, ...others] = files;
  if (!file) return [];
  const readItems = others.length > 0 ? [...compareItems(file), zipItem()] : singleFileItems(file);
  if (files.some((each) => busy.has(keyOfFile(each)))) return readItems;
  if (files.some(({ inText }) => inText)) return [...readItems, ...textItems(file)];
  // A copy changes its target only.
  return [...readItems, ...(isReadOnly ? [copyItem()] : changeItems(file))];

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

  function singleFileItems(one: AttachedFile): readonly MenuItem[] {
    const isImage = one.kind === 'image';
    const preview = { text: t('Preview'), icon: <EyeIcon />, onSelect: () => session.preview(one) };
    return [
      ...(previewed === undefined && !session.isHidden('previews') ? [preview] : []),
      { text: t('Download'), icon: <DownloadIcon />, onSelect: () => void session.download(one) },
      ...(viewUrl(one) === undefined
        ? []
        : [
            { text: t('Open in a new tab'), icon: <NewTabIcon />, onSelect: () => session.openInNewTab(one) },
          ]),
      ...copyImageItems(one),
      {
        text: t('Copy name'),
        icon: <CopyIcon />,
        beginsGroup: !isImage,
        onSelect: () => tools.copy(one.name, 'name'),
      },
      ...(one.volumes ? [] : linkItems(one, tools)),
    ];
  }

  function copyImageItems(one: AttachedFile): readonly MenuItem[] {
    if (one.kind !== 'image') return [];
    const onSelect = (): void => tools.copyImage(one);
    const unavailable = reasonAgainstCopy(one);
    return [
      {
        ...{ text: t('Copy image'), icon: <ImageIcon />, beginsGroup: true, onSelect },
        ...(unavailable !== undefined && { unavailable }),
      },
    ];
  }

  /** Commands for files in texts only. */
  function textItems(one: AttachedFile): readonly MenuItem[] {
    if (isReadOnly) return [];
    const copyHere = {
      text: t('Copy here'),
      icon: <CopyIcon />,
      onSelect: () => void session.copyHere(files),
    };
    const pick = { text: t('Choose file…'), icon: <RetryIcon />, onSelect: () => tools.pickSuccessor(one) };
    const attach = {
      text: t('Attach as file'),
      icon: <UploadIcon />,
      onSelect: () => void session.attachFromText(files),
    };
    return [
      ...(files.every((each) => each.kind === 'image' && isOf(each, 'other-project')) ? [copyHere] : []),
      ...(others.length === 0 && one.kind === 'image' && isOf(one, 'elsewhere') ? [pick] : []),
      ...(files.every((each) => canAttach(each, attached)) ? [attach] : []),
    ].map((item, index) => ({ ...item, beginsGroup: index === 0 }));
  }

  function copyItem(): MenuItem {
    return {
      text: t('Copy to another work item…'),
      icon: <CopyIcon />,
      beginsGroup: true,
      onSelect: () => tools.chooseTarget(files, false),
    };
  }

  function changeItems(one: AttachedFile): readonly MenuItem[] {
    const singleFileChanges: readonly MenuItem[] = [
      { text: t('Rename'), icon: <EditIcon />, beginsGroup: true, onSelect: () => tools.rename(one) },
      { text: t('Edit comment…'), icon: <CommentIcon />, onSelect: () => tools.editComment(one) },
      ...(one.volumes ? [] : contentChanges(one)),
    ];
    return [
      ...(others.length > 0 ? [] : singleFileChanges),
      copyItem(),
      {
        text: t('Move to another work item…'),
        icon: <MoveIcon />,
        onSelect: () => tools.chooseTarget(files, true),
      },
      ...(others.length > 0 && files.every((each) => each.workItemId === workItemId)
        ? [{ text: t('Bundle…'), icon: <ArchiveIcon />, onSelect: () => tools.bundle(files) }]
        : []),
      {
        text: t('Remove'),
        icon: <TrashIcon />,
        beginsGroup: true,
        onSelect: () => void session.remove(files),
      },
    ];
  }

  /** Commands that need one attachment. */
  function contentChanges(one: AttachedFile): readonly MenuItem[] {
    return [
      ...(one.kind === 'image'
        ? [{ text: t('Edit image…'), icon: <DrawIcon />, onSelect: () => tools.editImage(one) }]
        : []),
      { text: t('Replace…'), icon: <RetryIcon />, onSelect: () => tools.pickSuccessor(one) },
      // A text in the form belongs to its work item.
      ...(one.workItemId === workItemId
        ? [
            {
              text: t('Insert into…'),
              icon: one.kind === 'image' ? <ImageIcon /> : <LinkIcon />,
              onSelect: () => tools.insert(one),
            },
          ]
        : []),
    ];
  }
}

/** A split file has no address of its own. */
function linkItems(one: AttachedFile, tools: MenuTools): readonly MenuItem[] {
  const isImage = one.kind === 'image';
  return [
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

/** Whether a file in texts can be attached: its bytes are in this organization, and not on the list yet. */
function canAttach(file: AttachedFile, attached: readonly AttachedFile[]): boolean {
  const { id } = file.reference;
  return isOf(file, 'here', 'other-project') && !attached.some(({ reference }) => reference.id === id);
}

/** Whether a text has a file, with its bytes at one of these places. */
function isOf({ inText }: AttachedFile, ...places: readonly InText['place'][]): boolean {
  return inText !== undefined && places.includes(inText.place);
}

/** Reason why an image cannot be copied; `undefined` if it can. */
function reasonAgainstCopy(file: AttachedFile): string | undefined {
  if (!isCopyableImage(file)) return t('Not available for SVG');
  return canCopyImages() ? undefined : t('Not available in this browser');
}
