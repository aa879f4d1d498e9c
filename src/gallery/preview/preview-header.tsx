import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { downloadUrl, viewUrl } from '../model/file-links';
import { t } from '../../base/i18n/translate';
import { FileName } from '../../ui/rich-text';
import {
  ArrowIcon,
  CrossIcon,
  DownloadIcon,
  DrawIcon,
  EditIcon,
  IconButton,
  LinkIcon,
  TrashIcon,
} from '../../ui/icons';
import { canCopyImages, isCopyableImage } from '../copy-image';
import { MoreButton, useFileTools } from '../file-actions';
import { FullScreenIcon, ImageIcon, NewTabIcon } from '../gallery-icons';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { canChange, neighborOf, previewedFile } from '../gallery-state';
import { describeDate, describeSize } from '../sentences';
import type { FullScreen } from './use-full-screen';

interface HeaderProps {
  readonly state: GalleryState;
  readonly session: GallerySession;
  readonly file: AttachedFile;
  /** Whether it can only be read, because another client has removed it. */
  readonly isGone: boolean;
  readonly fullScreen: Omit<FullScreen<HTMLElement>, 'element'>;
  readonly showNext: (step: 1 | -1) => void;
}

/** Name and facts of the previewed file, and its commands. On a narrow screen, some are in the menu only. */
export function PreviewHeader(props: HeaderProps): React.JSX.Element {
  const { state, session, file, isGone, fullScreen } = props;
  const { size, addedAt, addedBy, folder } = file;
  const parts = state.split?.describeParts(file)?.text;
  const facts = [describeSize(size), parts, describeDate(addedAt), addedBy, folder].filter(Boolean);
  return (
    <div className="preview-head">
      <div className="preview-title">
        <h2>
          <FileName name={file.name} />
        </h2>
        <p className="quiet">
          {facts.join(' · ')}
          {file.comment && (
            <>
              {' · '}
              <bdi title={file.comment}>{file.comment}</bdi>
            </>
          )}
        </p>
      </div>
      <div className="preview-buttons" data-keeps-focus="">
        <Steps {...props} />
        {!isGone && <WideCommands state={state} session={session} file={file} />}
        {fullScreen.isAllowed && (
          <IconButton
            label={fullScreen.isOn ? t('Exit full screen') : t('Full screen')}
            icon={<FullScreenIcon isOn={fullScreen.isOn} />}
            onClick={fullScreen.toggle}
          />
        )}
        <IconButton
          label={t('Download {name}', { name: file.name })}
          icon={<DownloadIcon />}
          onClick={() => void session.download(file)}
        />
        {!isGone && <MoreButton files={[file]} />}
        <IconButton label={t('Close the preview')} icon={<CrossIcon />} onClick={session.closePreview} />
      </div>
    </div>
  );
}

function Steps({ state, isGone, showNext }: HeaderProps): React.JSX.Element | null {
  const { at } = previewedFile(state);
  const previous = neighborOf(state, -1);
  const next = neighborOf(state, 1);
  if (at < 0 || !(previous ?? next)) return null;
  return (
    <>
      <IconButton
        label={t('Previous file')}
        icon={<ArrowIcon back={true} />}
        isDisabled={!previous}
        onClick={() => showNext(-1)}
      />
      {!isGone && (
        <span className="quiet" role="status">
          {t('{place, number} of {count, number}', { place: at + 1, count: state.shown.length })}
        </span>
      )}
      <IconButton
        label={t('Next file')}
        icon={<ArrowIcon back={false} />}
        isDisabled={!next}
        onClick={() => showNext(1)}
      />
    </>
  );
}

/** Commands with a place beside the name on a wide screen; the menu has them, too. */
function WideCommands(props: {
  state: GalleryState;
  session: GallerySession;
  file: AttachedFile;
}): React.JSX.Element {
  const { state, session, file } = props;
  const tools = useFileTools();
  const isChangeable = canChange(state, file);
  return (
    <span className="preview-wide">
      {isChangeable && (
        <IconButton
          label={t('Rename {name}', { name: file.name })}
          icon={<EditIcon />}
          onClick={() => tools.rename(file)}
        />
      )}
      {isChangeable && file.kind === 'image' && !file.volumes && (
        <IconButton label={t('Edit image…')} icon={<DrawIcon />} onClick={() => tools.editImage(file)} />
      )}
      {!file.volumes && (
        <IconButton
          label={t('Copy link')}
          icon={<LinkIcon />}
          onClick={() => tools.copy(downloadUrl(file), 'link')}
        />
      )}
      {isCopyableImage(file) && canCopyImages() && (
        <IconButton label={t('Copy image')} icon={<ImageIcon />} onClick={() => tools.copyImage(file)} />
      )}
      {viewUrl(file) !== undefined && (
        <IconButton
          label={t('Open in a new tab')}
          icon={<NewTabIcon />}
          onClick={() => session.openInNewTab(file)}
        />
      )}
      {isChangeable && (
        <IconButton
          label={t('Remove {name}', { name: file.name })}
          icon={<TrashIcon />}
          onClick={() => void session.remove([file])}
        />
      )}
    </span>
  );
}
