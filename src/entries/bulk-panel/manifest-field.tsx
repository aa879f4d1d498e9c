import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { manifestTemplate } from '../../bulk/plan/manifest-template';
import { ErrorIcon } from '../../ui/icons';
import { rich } from '../../ui/rich-text';
import { ExportButton } from './exports';
import type { PanelSession } from './panel-session';
import type { PanelState } from './panel-state';

/** Limit of the faulty lines shown one by one. */
const MAX_FAULTS_SHOWN = 5;

/** Choice of a CSV list that matches files to work items. */
export function ManifestField(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { state, session } = props;
  const { manifest, items, files, plan } = state;
  const input = React.useRef<HTMLInputElement>(null);
  const reading = manifest?.reading;
  const faults = reading?.ok ? reading.faults : [];
  // A row with several possible files is explained beside these.
  const unused = plan.unusedRows.filter(({ candidates }) => candidates.length === 0);
  return (
    <div className="panel-part">
      <p className="quiet">
        {rich(
          'A CSV file with the columns <i>{workItem}</i>, <i>{file}</i>, and, optionally, <i>{name}</i> and <i>{comment}</i>. In <i>{file}</i>, * matches any text.',
          {
            i: (inside) => <i>{inside}</i>,
            // Column names of the list, not translated.
            workItem: 'work item',
            file: 'file',
            name: 'attach as',
            comment: 'comment',
          },
        )}
      </p>
      <div className="panel-buttons">
        <Button
          text={manifest ? t('Choose another CSV file') : t('Choose a CSV file')}
          onClick={() => input.current?.click()}
        />
        <ExportButton
          download={t('Download a template')}
          copy={t('Copy a template')}
          file={{
            name: 'stapler-list.csv',
            type: 'text/csv',
            textOf: () => manifestTemplate(items, files),
          }}
        />
      </div>
      <input
        ref={input}
        type="file"
        hidden={true}
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
        aria-label={t('CSV file')}
        onChange={({ target }) => {
          const [file] = Array.from(target.files ?? []);
          target.value = '';
          if (file) void session.setManifest(file);
        }}
      />
      {manifest && reading?.ok && (
        <p className="quiet">{describeUse(manifest.name, reading.rows.length, unused.length)}</p>
      )}
      {reading && !reading.ok && (
        <p className="note" role="alert">
          <ErrorIcon />
          <span>{reading.message}</span>
        </p>
      )}
      {faults.length > 0 && (
        <div className="panel-problem" role="alert">
          <ErrorIcon />
          <ul>
            {faults.slice(0, MAX_FAULTS_SHOWN).map(({ line, message }) => (
              <li key={line}>{t('Line {line}: {problem}', { line, problem: message })}</li>
            ))}
            {faults.length > MAX_FAULTS_SHOWN && (
              <li>{t('And {count, number} more.', { count: faults.length - MAX_FAULTS_SHOWN })}</li>
            )}
          </ul>
        </div>
      )}
    </div>
  );
}

/** Describes the rows of the list, and how many of them have no file here. */
function describeUse(name: string, count: number, unused: number): string {
  return unused > 0
    ? t(
        '{name}: {count, plural, one {# row read.} other {# rows read.}} {unused, plural, one {# row has no matching file.} other {# rows have no matching file.}}',
        { name, count, unused },
      )
    : t('{name}: {count, plural, one {# row read.} other {# rows read.}}', { name, count });
}
