import { t } from '../../base/i18n/translate';
import { addTo } from '../../bulk/plan/plan';
import type { ReportGroup, ReportRow } from '../../bulk/plan/report';
import { labelOf, listNames } from './panel-sentences';
import { describeGroup, describeReport } from './report-sentences';

/** Failures listed one by one. A comment should stay readable. */
const MAX_FAILURES = 100;

/**
 * Sums up a report in Markdown, for a comment: the totals, the count of each outcome, and the failures of each work
 * item with a link to it.
 *
 * @param urlOf Address of a work item; `undefined` if it is unknown.
 */
export function summaryOf(
  groups: readonly ReportGroup[],
  total: number,
  urlOf: (workItemId: number) => string | undefined,
): string {
  const counts = groups.map((group) => `- ${countIn(group)}`);
  const failures = groups
    .filter(({ kind }) => kind === 'failed')
    .flatMap((group) => failuresIn(group, urlOf));
  const shown = failures.slice(0, MAX_FAILURES);
  if (failures.length > MAX_FAILURES)
    shown.push(`- ${t('And {count, number} more.', { count: failures.length - MAX_FAILURES })}`);
  const parts = [[`**${describeReport(groups, total)}**`], counts, shown];
  return `${parts
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** `Failed: work item full (11)` */
function countIn(group: ReportGroup): string {
  return t('{outcome} ({count, number})', {
    outcome: escapeMarkdown(describeGroup(group)),
    count: group.rows.length,
  });
}

/** `- [Bug 7](…) Title: “a.txt”, “b.txt” (Failed: work item full)`, one line for each work item. */
function failuresIn(
  group: ReportGroup,
  urlOf: (workItemId: number) => string | undefined,
): readonly string[] {
  const rowsOf = new Map<number, ReportRow[]>();
  for (const row of group.rows) addTo(rowsOf, row.workItemId, row);
  return [...rowsOf].map(([id, rows]) => {
    const { workItemType: type = '', workItemTitle: title = '' } = rows[0] ?? {};
    const label = escapeMarkdown(labelOf({ id, type }));
    const url = urlOf(id);
    const link = url === undefined ? label : `[${label}](${url})`;
    const names = escapeMarkdown(listNames(rows.map(({ name }) => name)));
    return `- ${link} ${escapeMarkdown(title)}: ${names} (${escapeMarkdown(describeGroup(group))})`;
  });
}

/** Escapes a text so that Markdown shows it as it is, on one line. */
function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|~#&]/g, '\\$&');
}
