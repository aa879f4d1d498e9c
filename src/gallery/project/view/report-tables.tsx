import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatBytes, formatNumber } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { FileIcon } from '../../../ui/icons';
import { FileName } from '../../../ui/rich-text';
import { describeDate, describeSize } from '../../sentences';
import type { FacetGroup, ProjectFacet, ProjectFile, ProjectItem } from '../project-index';
import type { HubSession } from '../session/hub-session';
import { hasCondition } from '../session/search-text';
import { describeItem } from './hub-sentences';

/** Rows of a chart before the others are asked for. */
const FIRST_ROWS = 8;

/** Files by the value of a facet, as a table with a bar in each row. A value filters. */
export function FacetChart(props: {
  facet: ProjectFacet;
  caption: string;
  groups: readonly FacetGroup[];
  /** Text of the search. */
  text: string;
  session: Pick<HubSession, 'toggle'>;
  /** Below the table. */
  children?: React.ReactNode;
}): React.JSX.Element | null {
  const { facet, caption, groups, text, session, children } = props;
  const [isWhole, setIsWhole] = React.useState(false);
  if (groups.length === 0) return null;
  const largest = Math.max(1, ...groups.map(({ bytes }) => bytes));
  // The last months are the ones to see first.
  const first = facet === 'month' ? groups.slice(-FIRST_ROWS) : groups.slice(0, FIRST_ROWS);
  const hidden = groups.length - first.length;
  return (
    <section className="hub-chart">
      <table>
        <caption>{caption}</caption>
        <colgroup>
          <col className="hub-column-label" />
          <col className="hub-column-count" />
          <col />
        </colgroup>
        <thead className="for-screen-readers">
          <tr>
            <th scope="col">{caption}</th>
            <th scope="col">{t('Files')}</th>
            <th scope="col">{t('Size')}</th>
          </tr>
        </thead>
        <tbody>
          {(isWhole ? groups : first).map(({ label, condition, count, bytes }) => (
            <tr key={condition}>
              <th scope="row">
                <button
                  type="button"
                  className="hub-segment"
                  aria-pressed={hasCondition(text, condition)}
                  title={label}
                  onClick={() => session.toggle(facet, condition)}
                >
                  <bdi>{label}</bdi>
                </button>
              </th>
              <td className="hub-count quiet">{formatNumber(count)}</td>
              <td className="hub-bytes">
                <div>
                  <span className="hub-bar" aria-hidden="true">
                    <span style={{ inlineSize: `${(100 * bytes) / largest}%` }} />
                  </span>
                  <span>{formatBytes(bytes)}</span>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 && (
        <Button
          className="text-button"
          subtle={true}
          text={isWhole ? t('Show less') : t('Show all ({count, number})', { count: groups.length })}
          ariaLabel={`${isWhole ? t('Show less') : t('Show all ({count, number})', { count: groups.length })}: ${caption}`}
          onClick={() => setIsWhole(!isWhole)}
        />
      )}
      {children}
    </section>
  );
}

/** A list of files with the work item that each is on. */
export function FileTable(props: {
  caption: string;
  files: readonly ProjectFile[];
  /** Shown in place of an empty list. */
  nothing: string;
  session: Pick<HubSession, 'openWorkItem'>;
  /** Whether a column names the authors. Default: no. */
  hasAuthors?: boolean;
}): React.JSX.Element {
  const { caption, files, nothing, session, hasAuthors = false } = props;
  return (
    <ListTable
      caption={caption}
      nothing={nothing}
      columns={[
        ['name', t('Name')],
        ['item', t('Work item')],
        ['size', t('Size')],
        ['date', t('Attached')],
        ...(hasAuthors ? [['person', t('Attached by')] as const] : []),
      ]}
    >
      {files.map(({ reference, item, name, size, addedAt, addedBy }) => (
        <tr key={`${item.id} ${reference.id}`}>
          <th scope="row">
            <span className="hub-file">
              <FileIcon name={name} />
              <FileName name={name} />
            </span>
          </th>
          <td>
            <ItemButton item={item} session={session} />
          </td>
          <td className="hub-number">{describeSize(size)}</td>
          <td className="hub-number">{describeDate(addedAt)}</td>
          {hasAuthors && <td className="quiet">{addedBy}</td>}
        </tr>
      ))}
    </ListTable>
  );
}

/** Work items with many attachments. */
export function ItemTable(props: {
  caption: string;
  items: readonly ProjectItem[];
  /** Shown in place of an empty list. */
  nothing: string;
  session: Pick<HubSession, 'openWorkItem' | 'showFiles'>;
}): React.JSX.Element {
  const { caption, items, nothing, session } = props;
  return (
    <ListTable
      caption={caption}
      nothing={nothing}
      columns={[
        ['item', t('Work item')],
        ['date', t('State')],
        ['size', t('Files')],
      ]}
    >
      {items.map((item) => (
        <tr key={item.id}>
          <th scope="row">
            <ItemButton item={item} session={session} />
          </th>
          <td className="quiet">{item.state}</td>
          <td className="hub-number">
            <button type="button" className="link-button" onClick={() => session.showFiles(`on:${item.id}`)}>
              {t('{count, plural, one {# file} other {# files}}', { count: item.fileCount })}
              <span className="for-screen-readers"> {describeItem(item)}</span>
            </button>
          </td>
        </tr>
      ))}
    </ListTable>
  );
}

function ListTable(props: {
  caption: string;
  /** Width by kind of column, and title. */
  columns: readonly (readonly ['name' | 'item' | 'size' | 'date' | 'person', string])[];
  nothing: string;
  children: readonly React.JSX.Element[];
}): React.JSX.Element {
  const { caption, columns, nothing, children } = props;
  return (
    <section className="hub-chart hub-wide">
      <table className="hub-table">
        <caption>{caption}</caption>
        {children.length > 0 && (
          <colgroup>
            {columns.map(([kind]) => (
              <col key={kind} className={`hub-column-${kind}`} />
            ))}
          </colgroup>
        )}
        {children.length > 0 && (
          <thead>
            <tr>
              {columns.map(([kind, title]) => (
                <th key={kind} scope="col" className="quiet">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {children.length > 0 ? (
            children
          ) : (
            <tr>
              <td className="quiet">{nothing}</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

function ItemButton(props: {
  item: ProjectItem;
  session: Pick<HubSession, 'openWorkItem'>;
}): React.JSX.Element {
  const { item, session } = props;
  return (
    <button
      type="button"
      className="hub-open"
      title={describeItem(item)}
      aria-label={t('Open {workItem}', { workItem: describeItem(item) })}
      onClick={() => session.openWorkItem(item.id)}
    >
      #{item.id} <span className="quiet">{item.type}</span> <bdi>{item.title}</bdi>
    </button>
  );
}
