import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { MenuButton } from '../../ui/menu-button';
import { mayDownload } from '../../ui/save-file';
import type { ExportFile } from './exports';
import { useExports } from './exports';

/** Menu to copy or save a report. */
export function ExportMenu(props: {
  /** Called when it is copied. */
  summaryOf: () => string;
  csv: ExportFile;
  json: ExportFile;
}): React.JSX.Element {
  const { summaryOf, csv, json } = props;
  const { copy, save, feedback, manualCopy } = useExports();
  const jsonText = mayDownload() ? t('Download report (JSON)') : t('Copy report (JSON)');
  return (
    <>
      <div className="panel-buttons">
        {feedback}
        <MenuButton
          label={t('Export')}
          text={t('Export')}
          items={() => [
            { text: t('Copy summary'), onSelect: () => copy(summaryOf()) },
            { text: t('Copy report (CSV)'), onSelect: () => copy(csv.textOf()) },
            ...(mayDownload() ? [{ text: t('Download report (CSV)'), onSelect: () => save(csv) }] : []),
            { text: jsonText, onSelect: () => save(json) },
          ]}
        />
      </div>
      {manualCopy}
    </>
  );
}
