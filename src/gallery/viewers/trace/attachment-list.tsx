import * as React from 'react';
import { formatBytes } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { DownloadIcon, FileIcon, IconButton } from '../../../ui/icons';
import { nameWithType } from '../har/har-sentences';
import type { FindFile } from '../har/request-body';
import { InChunks } from '../in-chunks';
import type { Saving } from '../saving';
import type { ViewerProps } from '../viewer';
import type { TraceAttachment } from './trace-log';

interface AttachmentProps {
  readonly findFile: FindFile;
  readonly openPart: ViewerProps['openPart'];
  readonly saving: Saving;
}

/** Files that the test attached. */
export function AttachmentList(
  props: AttachmentProps & { readonly attachments: readonly TraceAttachment[] },
): React.JSX.Element {
  const { attachments } = props;
  return (
    <ul className="viewer-trace-files" aria-label={t('Attachments of the test')}>
      <InChunks
        count={attachments.length}
        renderItem={(index) =>
          attachments[index] && <Attachment key={index} {...props} attachment={attachments[index]} />
        }
      />
    </ul>
  );
}

function Attachment(props: AttachmentProps & { readonly attachment: TraceAttachment }): React.JSX.Element {
  const { attachment, findFile, openPart, saving } = props;
  const { name, type, path, content } = attachment;
  const file = content
    ? { size: content.size, extract: () => Promise.resolve(content) }
    : path === ''
      ? undefined
      : findFile(path);
  const safeName = nameWithType(name, type);
  const visibleName = name === '' ? safeName : makeVisible(name);
  return (
    <li className="viewer-body-line">
      <FileIcon name={safeName} />
      {file && openPart ? (
        <button
          type="button"
          className="link-button viewer-path"
          onClick={() => openPart({ name: safeName, ...file })}
        >
          <bdi>{visibleName}</bdi>
        </button>
      ) : (
        <bdi className="viewer-path">{visibleName}</bdi>
      )}
      <span className="quiet">
        {[makeVisible(type), file ? formatBytes(file.size) : t('Not in the file')]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {file && saving.save && (
        <IconButton
          label={t('Save {name}', { name: safeName })}
          icon={<DownloadIcon />}
          onClick={() => saving.save?.(safeName, file.extract)}
        />
      )}
    </li>
  );
}
