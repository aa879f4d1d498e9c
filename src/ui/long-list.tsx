import * as React from 'react';
import { t } from '../base/i18n/translate';
import { describeProblem } from '../upload/messages/problems';
import { useLazy } from './hooks';
import type { LongListProps } from './list-row';
import { ListRow } from './list-row';

const loadVirtualList = () => import(/* webpackChunkName: "virtual-list" */ './virtual-list');

/** Number of rows shown without a virtual list. Most work items get fewer files. */
const MAX_PLAIN_ROWS = 30;

/**
 * List of any length. The code that keeps invisible rows out of the DOM is loaded once there are many; until then, only
 * the first rows are shown.
 */
export function LongList<Row>(props: LongListProps<Row>): React.JSX.Element {
  const { label, rows, keyOf, renderRow, isFocusable = false } = props;
  const { module, problem } = useLazy(loadVirtualList, rows.length > MAX_PLAIN_ROWS);
  if (module) return <module.VirtualList {...props} />;
  return (
    <div className="upload-list" tabIndex={isFocusable ? 0 : -1}>
      <div role="list" aria-label={label} className="upload-list-rows">
        {rows.slice(0, MAX_PLAIN_ROWS).map((row, index) => (
          <ListRow key={keyOf(row)} index={index} count={rows.length}>
            {renderRow(row)}
          </ListRow>
        ))}
      </div>
      {problem && <p role="alert">{describeProblem(problem, t('Uploads'))}</p>}
    </div>
  );
}
