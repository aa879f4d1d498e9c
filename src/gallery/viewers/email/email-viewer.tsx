import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { formatBytes } from '../../../base/format';
import { ChevronIcon, DownloadIcon, FileIcon, IconButton } from '../../../ui/icons';
import { makeVisible } from '../../../base/visible-text';
import { safeFileName } from '../safe-text';
import type { Saving } from '../saving';
import { SavingStatus, useSaving } from '../saving';
import { SourceSwitch } from '../source-switch';
import { useLoading } from '../hooks';
import type { ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import './email.css';
import type { Email, EmailAttachment, EmailHeader } from './read-email';
import { readEmail } from './read-email';

/** Maximum size of a rendered mail, in bytes: it is read into memory as a whole. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Shows the headers, the plain text and the attachments of a mail. */
export function EmailViewer({ file, saveAs, openPart }: ViewerProps): React.JSX.Element {
  return (
    <SourceSwitch
      file={file}
      renderedLabel={t('Mail')}
      maxBytes={MAX_BYTES}
      render={(modeSwitch) => (
        <OpenEmail file={file} saveAs={saveAs} openPart={openPart} modeSwitch={modeSwitch} />
      )}
    />
  );
}

function OpenEmail({
  file,
  saveAs,
  openPart,
  modeSwitch,
}: ViewerProps & { modeSwitch: React.ReactNode }): React.JSX.Element {
  const loading = useLoading(React.useCallback(() => readEmail(file.bytes), [file]));
  const saving = useSaving(saveAs);
  return (
    <ViewerFrame controls={modeSwitch}>
      <Loaded name={file.name} loading={loading}>
        {(email) => (
          <>
            <SavingStatus saving={saving} />
            <div
              className="viewer-scroll viewer-email"
              role="region"
              aria-label={t('Mail in {name}', { name: file.name })}
              tabIndex={0}
            >
              <Headers headers={email.headers} />
              <AllHeaders headers={email.allHeaders} />
              <Attachments attachments={email.attachments} save={saving.save} openPart={openPart} />
              <Body email={email} />
            </div>
          </>
        )}
      </Loaded>
    </ViewerFrame>
  );
}

function Headers({ headers }: { headers: readonly EmailHeader[] }): React.JSX.Element {
  return (
    <dl className="viewer-headers">
      {headers.map(([name, value], index) => (
        <React.Fragment key={index}>
          <dt>{makeVisible(name)}</dt>
          <dd>
            <bdi>{makeVisible(value)}</bdi>
          </dd>
        </React.Fragment>
      ))}
    </dl>
  );
}

function AllHeaders({ headers }: { headers: readonly EmailHeader[] }): React.JSX.Element {
  const [isOpen, setIsOpen] = React.useState(false);
  return (
    <>
      <button type="button" className="fold-button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <ChevronIcon open={isOpen} />
        {t('All headers ({count, number})', { count: headers.length })}
      </button>
      {isOpen && <Headers headers={headers} />}
    </>
  );
}

function Attachments(props: {
  attachments: readonly EmailAttachment[];
  save: Saving['save'];
  openPart: ViewerProps['openPart'];
}): React.JSX.Element | null {
  const { attachments, save, openPart } = props;
  if (attachments.length === 0) return null;
  return (
    <ul className="viewer-attachments" aria-label={t('Attachments of the mail')}>
      {attachments.map(({ name, bytes }, index) => {
        const safeName = safeFileName(name);
        return (
          <li key={index}>
            <FileIcon name={safeName} />
            {openPart ? (
              <button
                type="button"
                className="link-button viewer-path"
                onClick={() =>
                  openPart({ name: safeName, size: bytes.size, extract: () => Promise.resolve(bytes) })
                }
              >
                <bdi>{name === '' ? safeName : makeVisible(name)}</bdi>
              </button>
            ) : (
              <bdi className="viewer-path">{name === '' ? safeName : makeVisible(name)}</bdi>
            )}
            <span className="quiet">{formatBytes(bytes.size)}</span>
            {save && (
              <IconButton
                label={t('Save {name}', { name: safeName })}
                icon={<DownloadIcon />}
                onClick={() => save(safeName, () => Promise.resolve(bytes))}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Body({ email: { text, isFromHtml } }: { email: Email }): React.JSX.Element {
  return (
    <>
      {isFromHtml && <p className="quiet">{t('The mail is HTML. Only its words are shown.')}</p>}
      {text === '' ? (
        <p className="quiet">{t('The mail has no text.')}</p>
      ) : (
        <div className="viewer-mail-text" dir="auto">
          {makeVisible(text, 'prose')}
        </div>
      )}
    </>
  );
}
