import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { keyOfFile } from '../../attached/attached-file';
import { formatBytes } from '../../ui/format';
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
        const amount = `${formatBytes(bytesSent)} of ${formatBytes(bytesTotal)}`;
        return (
          <div key={keyOfFile(file)} className="gallery-job note">
            <div className="gallery-job-progress">
              <div className="gallery-job-words">
                <span>
                  Replacing {quoteName(file.name)}
                  {name !== file.name && <> by {quoteName(name)}</>}
                </span>
                <span className="quiet">{amount}</span>
              </div>
              <ProgressBar
                label={`Replacing ${file.name}`}
                percent={percent}
                valueText={`${percent} %, ${amount}`}
              />
            </div>
            <Button
              className="text-button"
              subtle={true}
              text="Cancel"
              ariaLabel={`Cancel replacing ${file.name}`}
              onClick={() => replacements.cancel(file)}
            />
          </div>
        );
      })}
    </>
  );
}
