import * as React from 'react';
import { formatMoment } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { useLoading } from '../hooks';
import { LongText } from '../long-text';
import { formatDuration } from '../results/result-sentences';
import type { CutText } from '../results/test-results';
import type { Saving } from '../saving';
import type { ViewerProps } from '../viewer';
import type { HarRequest } from './har-log';
import { PHASES } from './har-log';
import { describeStatus, nameOfBody, nameOfPhase, nameWithType } from './har-sentences';
import { NamedTextsFold } from './named-texts-fold';
import type { FindFile } from './request-body';
import { RequestBody } from './request-body';
import type { NamedTexts, RequestDetails } from './request-details';

/** Lengths of an address that are shown at first and added on request, in UTF-16 units. */
const LENGTHS = { first: 2_000, more: 20_000 };

interface RequestDetailsProps {
  readonly source: Blob;
  readonly request: HarRequest;
  readonly runTask: ViewerProps['runTask'];
  readonly openPart: ViewerProps['openPart'];
  readonly save: Saving['save'];
  readonly findFile: FindFile | undefined;
}

/** Details of a request, read when they are opened. */
export function RequestDetailsView(props: RequestDetailsProps): React.JSX.Element {
  const { source, request, runTask } = props;
  const loading = useLoading(
    React.useCallback(
      (signal: AbortSignal) => runTask('readRequest', source.slice(request.start, request.end), signal),
      [source, request, runTask],
    ),
  );
  return (
    <div className="viewer-request-details">
      {loading.status === 'loading' && <p className="quiet">{t('Reading the request…')}</p>}
      {loading.status === 'failed' && (
        <p role="alert">{t("Can't read the details of this request. Download the file to see them.")}</p>
      )}
      {loading.status === 'ready' && <Details {...props} details={loading.value} />}
    </div>
  );
}

function Details({
  details,
  ...props
}: RequestDetailsProps & { readonly details: RequestDetails }): React.JSX.Element {
  const { request, openPart, save, findFile } = props;
  const { requestHeaders, responseHeaders, query, form, sent, received, messages } = details;
  const tools = { openPart, save, findFile };
  return (
    <>
      <Facts request={request} details={details} />
      <Timings request={request} />
      <NamedTextsFold title={t('Query')} list={query} />
      <NamedTextsFold title={t('Request headers')} list={requestHeaders} />
      <NamedTextsFold title={t('Response headers')} list={responseHeaders} />
      <NamedTextsFold title={t('Form fields')} list={form} />
      <NamedTextsFold title={t('WebSocket messages')} list={withDirections(messages)} />
      {sent && (
        <RequestBody
          {...tools}
          title={t('Request content')}
          name={nameWithType('request', sent.type)}
          body={sent}
        />
      )}
      <RequestBody
        {...tools}
        title={t('Response content')}
        name={nameOfBody(request.url, received.type)}
        body={received}
      />
    </>
  );
}

/** Returns messages with the names of their directions. */
function withDirections({ items, total }: NamedTexts): NamedTexts {
  const named = items.map((item) => ({ ...item, name: item.name === 'send' ? t('Sent') : t('Received') }));
  return { items: named, total };
}

function Facts(props: { request: HarRequest; details: RequestDetails }): React.JSX.Element {
  const { request, details } = props;
  const { url, protocol, remoteAddress, redirectUrl, comment, error } = details;
  const facts: readonly (readonly [string, CutText | string])[] = [
    [t('Address'), url],
    [t('Method'), request.method],
    [t('Status'), describeStatus({ ...request, error: error === '' ? request.error : error })],
    [t('Type'), request.type],
    [t('Protocol'), protocol],
    [t('Remote address'), remoteAddress],
    [t('Redirects to'), redirectUrl],
    [t('Started'), request.startedAt === undefined ? '' : formatMoment(new Date(request.startedAt))],
    [t('Comment'), comment],
  ];
  return (
    <dl className="viewer-facts">
      {facts.map(([name, value]) => {
        const { text, missing } = typeof value === 'string' ? { text: value, missing: 0 } : value;
        return (
          text !== '' && (
            <React.Fragment key={name}>
              <dt>{name}</dt>
              <dd>
                <bdi>
                  <LongText text={text} {...LENGTHS} />
                </bdi>
                {missing > 0 && '…'}
              </dd>
            </React.Fragment>
          )
        );
      })}
    </dl>
  );
}

/** Durations of the phases, with the patterns of the waterfall. */
function Timings({ request: { phasesMs, durationMs } }: { request: HarRequest }): React.JSX.Element | null {
  if (durationMs === undefined) return null;
  return (
    <>
      <h3>{t('Timings')}</h3>
      <dl className="viewer-facts">
        {PHASES.map(
          (phase, index) =>
            (phasesMs[index] ?? 0) > 0 && (
              <React.Fragment key={phase}>
                <dt className="viewer-phase-name">
                  <span className={`viewer-phase viewer-phase-sample phase-${phase}`} aria-hidden="true" />{' '}
                  {nameOfPhase(phase)}
                </dt>
                <dd>{formatDuration(phasesMs[index] ?? 0)}</dd>
              </React.Fragment>
            ),
        )}
        <dt>{t('Total')}</dt>
        <dd>{makeVisible(formatDuration(durationMs))}</dd>
      </dl>
    </>
  );
}
