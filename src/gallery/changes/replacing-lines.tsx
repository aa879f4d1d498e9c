import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatAmount, formatPercent, listOf } from '../../ui/format';
import { keyOfFile } from '../../attached/attached-file';
import { t } from '../../i18n/translate';
import { ProgressBar } from '../../ui/progress-bar';
import { quoteName } from '../../ui/sentences';
import { useStore } from '../../ui/use-store';
import type { Replacements } from './replacing';

/** How far the files are that take the place of others. */
export function ReplacingLines({ replacements }: { replacements: Replacements }): React.JSX.Element {
  const replacing = useStore(replacements);
  return (
    <>
      {[...replacing.values()].map(({ file, name, bytesSent, bytesTotal }) => {
        const percent = Math.min(99, Math.floor((100 * bytesSent) / Math.max(1, bytesTotal)));
        const amount = formatAmount(bytesSent, bytesTotal);
        return (
          <div key={keyOfFile(file)} className="gallery-job note">
            <div className="gallery-job-progress">
              <div className="gallery-job-words">
                <span>
                  {name === file.name
                    ? t('Replacing {name}', { name: quoteName(name) })
                    : t('Replacing {name} by {newName}', {
                        name: quoteName(file.name),
                        newName: quoteName(name),
                      })}
                </span>
                <span className="quiet">{amount}</span>
              </div>
              <ProgressBar
                label={t('Replacing {name}', { name: file.name })}
                percent={percent}
                valueText={listOf([formatPercent(percent), amount])}
              />
            </div>
            <Button
              className="text-button"
              subtle={true}
              text={t('Cancel')}
              ariaLabel={t('Cancel replacing {name}', { name: file.name })}
              onClick={() => replacements.cancel(file)}
            />
          </div>
        );
      })}
    </>
  );
}
