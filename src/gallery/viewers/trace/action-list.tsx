import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { VirtualList } from '../../../ui/virtual-list';
import type { FindFile } from '../har/request-body';
import { SavingStatus, useSaving } from '../saving';
import { useOpenRows } from '../use-open-rows';
import type { ViewerProps } from '../viewer';
import { ActionDetails } from './action-details';
import { ActionRow } from './action-row';
import type { Trace, TraceAction } from './trace-log';
import { TraceSummary } from './trace-summary';

/** Estimated height of a row, in CSS pixels. */
const ROW_PX = 45;

/** A summary with the errors, and the actions in the order of their tree. */
export function ActionList(
  props: Pick<ViewerProps, 'file' | 'saveAs' | 'openPart'> & {
    readonly trace: Trace;
    readonly findFile: FindFile;
  },
): React.JSX.Element {
  const { file, saveAs, openPart, trace, findFile } = props;
  const saving = useSaving(saveAs);
  const { openRows, toggle } = useOpenRows();
  return (
    <>
      <SavingStatus saving={saving} />
      <div className="viewer-scroll viewer-requests" data-scrolls="">
        <div>
          <TraceSummary trace={trace} findFile={findFile} openPart={openPart} />
          {trace.actions.length === 0 ? (
            <p className="quiet viewer-words">{t('The trace has no actions.')}</p>
          ) : (
            <VirtualList
              label={t('Actions of {name}', { name: file.name })}
              rows={trace.actions}
              keyOf={keyOfAction}
              estimatePx={ROW_PX}
              hasFoldingRows={true}
              renderRow={(action) => {
                const isOpen = openRows.has(action.index);
                return (
                  <ActionRow action={action} isOpen={isOpen} onToggle={toggle}>
                    {isOpen && (
                      <ActionDetails
                        action={action}
                        trace={trace}
                        findFile={findFile}
                        openPart={openPart}
                        saving={saving}
                      />
                    )}
                  </ActionRow>
                );
              }}
            />
          )}
        </div>
      </div>
    </>
  );
}

function keyOfAction({ index }: TraceAction): number {
  return index;
}
