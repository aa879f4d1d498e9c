import * as React from 'react';
import { perLanguage } from '../../../base/i18n/language';
import { t } from '../../../base/i18n/translate';
import { formatBytes, listOf } from '../../../base/format';
import { ChevronIcon, DownloadIcon, FileIcon, IconButton } from '../../../ui/icons';
import { extensionOf } from '../../../base/file-kind';
import { makeVisible } from '../../../base/visible-text';
import { safeFileName } from '../safe-text';
import type { Saving } from '../saving';
import { SavingStatus, useSaving } from '../saving';
import { ContentFrame } from '../content-frame';
import { InChunks } from '../in-chunks';
import { LongText } from '../long-text';
import { Formatted, SourceSwitch } from '../source-switch';
import type { ViewerProps } from '../viewer';
import './email.css';
import type { EmailAttachment, EmailHeader, ParsedEmail } from './parsed-email';

/** Maximum size of a rendered mail, in bytes: it is read into memory as a whole. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Lengths of a header that are shown at first and added on request, in UTF-16 units. */
const HEADER_LENGTHS = { first: 2_000, more: 20_000 };

/** Lengths of the text that are shown at first and added on request, in UTF-16 units. */
const TEXT_LENGTHS = { first: 200_000, more: 200_000 };

/** Maximum number and length of names of attachments that are not in the file. */
const MAX_MISSING = 20;
const MAX_NAME_LENGTH = 200;

/** `Tuesday, 3 November 2026 at 14:05`. */
const dates = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }),
);

/** Shows the headers, the plain text and the attachments of a mail. */
export function EmailViewer({ file, saveAs, openPart, runTask }: ViewerProps): React.JSX.Element {
  const load = React.useCallback(
    (signal: AbortSignal) => runTask('parseEmail', file.bytes, signal),
    [file, runTask],
  );
  const saving = useSaving(saveAs);
  const render = (modeSwitch: React.ReactNode): React.JSX.Element => (
    <Formatted file={file} load={load}>
      {(email) => (
        <ContentFrame
          leadingControls={modeSwitch}
          messages={<SavingStatus saving={saving} />}
          label={t('Email in {name}', { name: file.name })}
          className="viewer-email"
        >
          <Headers headers={mainHeadersOf(email)} />
          {email.allHeaders.length > 0 && <AllHeaders headers={email.allHeaders} />}
          <Attachments attachments={email.attachments} save={saving.save} openPart={openPart} />
          <MissingAttachments names={email.missingAttachments} />
          <Body email={email} />
        </ContentFrame>
      )}
    </Formatted>
  );
  // A mail of Outlook has no source to read.
  if (extensionOf(file.name) === 'msg' && file.bytes.size <= MAX_BYTES) return render(undefined);
  return <SourceSwitch file={file} renderedLabel={t('Email')} maxBytes={MAX_BYTES} render={render} />;
}

/** Headers in reading order. */
function mainHeadersOf({ from, to, cc, bcc, date, subject }: ParsedEmail): readonly EmailHeader[] {
  const headers: readonly EmailHeader[] = [
    [t('From'), from],
    [t('To'), to],
    [t('Cc'), cc],
    [t('Bcc'), bcc],
    [t('Date'), describeDate(date)],
    [t('Subject'), subject],
  ];
  return headers.filter(([, value]) => value !== '');
}

/** Formats a date. An invalid date stays unchanged. */
function describeDate(date: string): string {
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? date : dates().format(time);
}

function Headers({ headers }: { headers: readonly EmailHeader[] }): React.JSX.Element {
  return (
    <dl className="viewer-headers">
      <InChunks
        count={headers.length}
        renderItem={(index) => {
          const [name = '', value = ''] = headers[index] ?? [];
          return (
            <React.Fragment key={index}>
              <dt>{makeVisible(name)}</dt>
              <dd>
                <bdi>
                  <LongText text={value} {...HEADER_LENGTHS} />
                </bdi>
              </dd>
            </React.Fragment>
          );
        }}
        renderMore={(button) => (
          <>
            <dt />
            <dd>{button}</dd>
          </>
        )}
      />
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
    <ul className="viewer-attachments" aria-label={t('Email attachments')}>
      <InChunks
        count={attachments.length}
        renderItem={(index) =>
          attachments[index] && (
            <Attachment key={index} attachment={attachments[index]} save={save} openPart={openPart} />
          )
        }
      />
    </ul>
  );
}

function Attachment(props: {
  attachment: EmailAttachment;
  save: Saving['save'];
  openPart: ViewerProps['openPart'];
}): React.JSX.Element {
  const {
    attachment: { name, bytes },
    save,
    openPart,
  } = props;
  const safeName = safeFileName(name);
  return (
    <li>
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
}

function MissingAttachments({ names }: { names: readonly string[] }): React.JSX.Element | null {
  if (names.length === 0) return null;
  const shown = names.slice(0, MAX_MISSING).map((name) => makeVisible(name.slice(0, MAX_NAME_LENGTH)));
  return (
    <p className="quiet">
      {t(
        "{count, plural, one {# attachment isn't} other {# attachments aren't}} included in this email: {names}",
        {
          count: names.length,
          names: listOf(shown),
        },
      )}
    </p>
  );
}

function Body({ email }: { email: ParsedEmail }): React.JSX.Element {
  const { text, isFromHtml, isEncrypted } = email;
  if (isEncrypted)
    return <p className="quiet">{t('This email is encrypted. Download it to open it in your email app.')}</p>;
  return (
    <>
      {isFromHtml && <p className="quiet">{t('This email is HTML. Only its text is shown.')}</p>}
      {text === '' ? (
        <p className="quiet">{t('This email has no text.')}</p>
      ) : (
        <div className="viewer-mail-text" dir="auto">
          <LongText text={text} keep="prose" {...TEXT_LENGTHS} />
        </div>
      )}
    </>
  );
}
