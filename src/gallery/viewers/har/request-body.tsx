import * as React from 'react';
import { formatBytes } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { DownloadIcon, FileIcon, IconButton } from '../../../ui/icons';
import { ResultText } from '../results/result-text';
import type { Saving } from '../saving';
import type { FilePart, ViewerProps } from '../viewer';
import type { Body } from './request-details';

/** Finds the content of a request in an archive, by its path there. */
export type FindFile = (path: string) => Pick<FilePart, 'size' | 'extract'> | undefined;

/** Content of a request or response: its text, and a button to open it in a viewer of its own. */
export function RequestBody(props: {
  title: string;
  /** Name that is safe to save. */
  name: string;
  body: Body;
  openPart: ViewerProps['openPart'];
  save: Saving['save'];
  findFile: FindFile | undefined;
}): React.JSX.Element | null {
  const { title, name, body, openPart, save, findFile } = props;
  const { type, size, content, text, path, isDamaged } = body;
  if (!content && path === '' && !isDamaged && !size) return null;
  const part: Omit<FilePart, 'name'> | undefined = content
    ? { size: content.size, extract: () => Promise.resolve(content) }
    : findFile?.(path);
  const facts = [type, formatBytes(part?.size ?? size ?? 0)].filter(Boolean).join(' · ');
  return (
    <>
      <h3>{title}</h3>
      {part ? (
        <p className="viewer-body-line">
          <FileIcon name={name} />
          {openPart ? (
            <button
              type="button"
              className="link-button viewer-path"
              onClick={() => openPart({ name, ...part })}
            >
              <bdi>{name}</bdi>
            </button>
          ) : (
            <bdi className="viewer-path">{name}</bdi>
          )}
          <span className="quiet">{facts}</span>
          {save && (
            <IconButton
              label={t('Save {name}', { name })}
              icon={<DownloadIcon />}
              onClick={() => save(name, part.extract)}
            />
          )}
        </p>
      ) : (
        <p className="quiet">
          {facts} · {isDamaged ? t('The content is damaged.') : t("This content isn't in the file.")}
        </p>
      )}
      {text && text.text.trim() !== '' && <ResultText {...text} />}
    </>
  );
}
