import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { Problem } from '../../../base/errors';
import { t } from '../../../base/i18n/translate';
import { ErrorIcon } from '../../../ui/icons';
import { describeError } from '../../../upload/messages/problems';
import type { ProjectFacet } from '../project-index';
import { PROJECT_FACETS } from '../project-index';
import type { HubSession } from '../session/hub-session';
import type { HubState, ShownResult } from '../session/hub-state';
import { useLast, useLazy } from '../../../ui/hooks';
import { authorReadingOf } from '../authors/page-authors';
import { AuthorLines } from './author-lines';
import { FacetChart, FileTable, ItemTable } from './report-tables';
import './report.css';

const loadAudit = () => import(/* webpackChunkName: "hub-audit" */ './audit-section');
const loadDuplicates = () => import(/* webpackChunkName: "hub-duplicates" */ './duplicates-section');

const CAPTIONS: Readonly<Record<ProjectFacet, () => string>> = {
  type: () => t('By type'),
  size: () => t('By size'),
  person: () => t('By person'),
  area: () => t('By area'),
  state: () => t('By state'),
  month: () => t('By month'),
};

/** Props of `ReportView`. */
export interface ReportViewProps {
  readonly state: HubState;
  readonly result: ShownResult;
  readonly session: HubSession;
}

/** Report on the found files: where the space goes, and what to look at first. */
export function ReportView(props: ReportViewProps): React.JSX.Element {
  const { state, result, session } = props;
  const { report, facets } = result;
  return (
    <div className="hub-report" aria-busy={report === undefined}>
      <p className="hub-advice">
        {t(
          'Removing a file frees its space after 28 days: until then, it can be restored. A file that another work item uses stays.',
        )}
      </p>
      <div className="hub-charts">
        {PROJECT_FACETS.map((facet) => (
          <FacetChart
            key={facet}
            facet={facet}
            caption={CAPTIONS[facet]()}
            groups={facets[facet]}
            text={state.search.text}
            session={session}
          >
            {facet === 'person' && <Authors result={result} session={session} />}
          </FacetChart>
        ))}
        <Duplicates result={result} session={session} />
        <Audit result={result} session={session} />
        {report && (
          <>
            <FileTable
              caption={t('Largest files')}
              files={report.largest}
              nothing={t('No files match.')}
              session={session}
            />
            <FileTable
              caption={t('Oldest files on closed work items')}
              files={report.oldestOnClosed}
              nothing={t('There are no files on closed work items.')}
              session={session}
            />
            <ItemTable
              caption={t('Work items near the limit of 100 attachments')}
              items={report.nearLimit}
              nothing={t('No work item has 80 attachments or more.')}
              session={session}
            />
          </>
        )}
      </div>
    </div>
  );
}

/** The command to find unknown authors, where files can be read. */
function Authors({ result, session }: Omit<ReportViewProps, 'state'>): React.JSX.Element | null {
  // The next report is read while the last one stays.
  const cost = useLast(result.report?.authors);
  const { actions, authors } = session;
  if (!actions || !cost) return null;
  const reading = authorReadingOf(authors, actions.services);
  return <AuthorLines reading={reading} cost={cost} onStart={() => void reading.start(result.id)} />;
}

/** The duplicates, or the reason why this part can't be loaded. */
function Duplicates(props: { result: ShownResult; session: HubSession }): React.JSX.Element | null {
  const { module, problem, retry } = useLazy(loadDuplicates, true);
  if (module) return <module.DuplicatesSection {...props} />;
  return problem ? <LoadFailure problem={problem} onRetry={retry} /> : null;
}

/** The files that break the rules of the project, or the reason why this part can't be loaded. */
function Audit({ result, session }: { result: ShownResult; session: HubSession }): React.JSX.Element | null {
  const { actions } = session;
  const { module, problem, retry } = useLazy(loadAudit, actions?.policy !== undefined);
  if (!actions?.policy) return null;
  if (module) return <module.AuditSection {...{ result, session, actions }} policy={actions.policy} />;
  return problem ? <LoadFailure problem={problem} onRetry={retry} /> : null;
}

function LoadFailure({ problem, onRetry }: { problem: Problem; onRetry: () => void }): React.JSX.Element {
  return (
    <div className="note hub-wide" role="alert">
      <ErrorIcon />
      <span>{describeError(problem)}</span>
      <Button className="text-button" subtle={true} text={t('Retry')} onClick={onRetry} />
    </div>
  );
}
