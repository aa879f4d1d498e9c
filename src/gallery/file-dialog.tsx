import * as React from 'react';
import { MAX_COMMENT_LENGTH } from '../azure/work-item';
import { CommentDialog } from '../ui/comment-dialog';
import { writeVolumeComment } from '../upload/volumes/volume-mark';
import { BundleDialog } from './bundle/bundle-dialog';
import { RenameDialog } from './changes/rename-dialog';
import { TargetDialog } from './changes/target-dialog';
import { CompareDialog } from './compare/compare-dialog';
import { CopyByHandDialog } from './copy-by-hand-dialog';
import type { CopiedPart } from './copying';
import { LazyEditDialog } from './editor/lazy-edit-dialog';
import type { GallerySession } from './gallery-session';
import type { InsertDialogProps } from './insert/insert-dialog';
import { InsertDialog } from './insert/insert-dialog';
import type { AttachedFile } from './model/attached-file';

/** A dialog for files, or for a text about them. */
export type OpenDialog =
  | { readonly kind: 'comment' | 'rename' | 'insert' | 'edit'; readonly file: AttachedFile }
  | { readonly kind: 'target'; readonly files: readonly AttachedFile[]; readonly isMove: boolean }
  /** Default for `files`: the oldest ones. */
  | { readonly kind: 'bundle'; readonly files?: readonly AttachedFile[] }
  | { readonly kind: 'compare'; readonly files: readonly [AttachedFile, AttachedFile] }
  | { readonly kind: 'copy-by-hand'; readonly text: string; readonly part: CopiedPart };

/** Props of `FileDialog`. */
export interface FileDialogProps {
  readonly dialog: OpenDialog;
  readonly session: GallerySession;
  readonly onClose: () => void;
  /** See `InsertDialogProps`. */
  readonly onInserted: InsertDialogProps['onInserted'];
  readonly copy: InsertDialogProps['copy'];
}

/** Shows the open dialog. */
export function FileDialog({ dialog, ...props }: FileDialogProps): React.JSX.Element {
  switch (dialog.kind) {
    case 'comment':
      return (
        <CommentDialog
          name={dialog.file.name}
          comment={dialog.file.comment}
          limit={maxCommentLength(dialog.file)}
          onSave={(comment) => props.session.changeComment(dialog.file, comment)}
          onClose={props.onClose}
        />
      );
    case 'rename':
      return <RenameDialog {...dialog} {...props} />;
    case 'edit':
      return <LazyEditDialog {...dialog} {...props} />;
    case 'insert':
      return <InsertDialog {...dialog} {...props} />;
    case 'target':
      return <TargetDialog {...dialog} {...props} />;
    case 'bundle':
      return <BundleDialog {...dialog} {...props} />;
    case 'compare':
      return <CompareDialog {...dialog} {...props} />;
    case 'copy-by-hand':
      return <CopyByHandDialog {...dialog} {...props} />;
  }
}

/** Maximum length of a comment: the volumes of a split file have their marks as well. */
function maxCommentLength({ volumes }: AttachedFile): number {
  const marks = volumes?.volumes.flatMap((volume) => volume?.mark ?? []) ?? [];
  const taken = marks.map((mark) => writeVolumeComment({ comment: '', mark }).length + 1);
  return MAX_COMMENT_LENGTH - Math.max(0, ...taken);
}
