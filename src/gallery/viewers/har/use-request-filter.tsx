import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { FilterField } from '../filter-field';
import type { HarRequest } from './har-log';
import type { ChosenGroup, RequestFilter } from './har-sentences';
import { countIn, countRequests, filterRequests, groupsIn, nameOfGroup } from './har-sentences';

/** Returns the controls to filter requests, and the requests that match. */
export function useRequestFilter(requests: readonly HarRequest[]): {
  readonly controls: React.JSX.Element;
  readonly shown: readonly HarRequest[];
} {
  const [filter, setFilter] = React.useState<RequestFilter>({ group: undefined, query: '' });
  const shown = React.useMemo(() => filterRequests(requests, filter), [requests, filter]);
  const controls = (
    <>
      <GroupFilter
        requests={requests}
        chosen={filter.group}
        onChoose={(group) => setFilter({ ...filter, group })}
      />
      <FilterField
        label={t('Filter the requests')}
        query={filter.query}
        onChange={(query) => setFilter({ ...filter, query })}
      />
      <span className="quiet" role="status">
        {filter.query.trim() !== '' && countRequests(shown.length)}
      </span>
    </>
  );
  return { controls, shown };
}

function GroupFilter(props: {
  requests: readonly HarRequest[];
  chosen: ChosenGroup;
  onChoose: (group: ChosenGroup) => void;
}): React.JSX.Element {
  const { requests, chosen, onChoose } = props;
  const buttons = React.useMemo(
    () =>
      [undefined, ...groupsIn(requests), 'failed' as const].map((group) => ({
        group,
        count: countIn(requests, group),
      })),
    [requests],
  );
  return (
    <div className="viewer-groups" role="group" aria-label={t('Filter by type')}>
      {buttons.map(({ group, count }) => (
        <button
          key={group ?? 'all'}
          type="button"
          className="bar-button"
          aria-pressed={group === chosen}
          onClick={() => onChoose(group)}
        >
          {group === undefined
            ? t('All ({count, number})', { count })
            : t('{name} ({count, number})', { name: nameOfGroup(group), count })}
        </button>
      ))}
    </div>
  );
}
