import * as React from 'react';
import type { RequestRecord } from '../../../contract';
import { formatBytes } from '../format';

interface RequestLogProps {
  /** Newest first. */
  requests: RequestRecord[];
  onClear: () => void;
}

/** The requests at the REST origin, as they come. */
export function RequestLog({ requests, onClear }: RequestLogProps) {
  const [filter, setFilter] = React.useState('');
  const [showPreflights, setShowPreflights] = React.useState(true);
  const [showOwn, setShowOwn] = React.useState(true);
  const [onlyErrors, setOnlyErrors] = React.useState(false);
  const shown = requests.filter(
    (request) =>
      (showPreflights || !isPreflight(request)) &&
      (showOwn || !isOwn(request)) &&
      (!onlyErrors || outcomeOf(request) === 'bad') &&
      `${request.method} ${request.url} ${request.status ?? ''} ${request.error ?? ''}`
        .toLowerCase()
        .includes(filter.toLowerCase()),
  );
  return (
    <section className="log" aria-label="Requests">
      <div className="log-head">
        <h3>Requests</h3>
        <span className="log-count">{shown.length}</span>
        <span className="spacer" />
        <button type="button" onClick={onClear}>
          Clear
        </button>
      </div>
      <input
        className="log-filter"
        type="search"
        aria-label="Filter requests"
        placeholder="Filter by method, path or status"
        value={filter}
        onChange={({ target }) => setFilter(target.value)}
      />
      <div className="log-checks">
        <Check label="Preflights" checked={showPreflights} onChange={setShowPreflights} />
        <Check label="Page's own" checked={showOwn} onChange={setShowOwn} />
        <Check label="Errors only" checked={onlyErrors} onChange={setOnlyErrors} />
      </div>
      <ol className="log-rows">
        {shown.map((request) => (
          <LogRow key={request.id} request={request} />
        ))}
      </ol>
      {shown.length === 0 && <p className="empty">No requests.</p>}
    </section>
  );
}

interface CheckProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  );
}

const LogRow = React.memo(function LogRow({ request }: { request: RequestRecord }) {
  const [open, setOpen] = React.useState(false);
  return (
    <li className="log-row" data-preflight={isPreflight(request)} data-outcome={outcomeOf(request)}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="log-method">{request.method}</span>
        <span className="log-path">{shortPath(request.url)}</span>
        <span className="log-status">{statusOf(request)}</span>
        <span className="log-number">
          {request.durationMs === null ? '' : `${Math.round(request.durationMs)} ms`}
        </span>
        <span className="log-number">
          {request.requestBytes > 0 ? formatBytes(request.requestBytes) : ''}
        </span>
      </button>
      {open && <RequestDetails request={request} />}
    </li>
  );
});

function RequestDetails({ request }: { request: RequestRecord }) {
  const facts: [string, string][] = [
    ['url', request.url],
    ...(request.error === null ? [] : [['error', request.error] as [string, string]]),
    ...(request.fault === null ? [] : [['fault', request.fault] as [string, string]]),
    ['sent', `${request.requestBytes} bytes`],
    ['received', `${request.responseBytes} bytes`],
    ...Object.entries(request.requestHeaders),
  ];
  return (
    <dl className="log-details">
      {facts.map(([name, value]) => (
        <React.Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </React.Fragment>
      ))}
    </dl>
  );
}

function isPreflight({ method }: RequestRecord): boolean {
  return method === 'OPTIONS';
}

/** Whether the host page asked, and not the extension. */
function isOwn({ requestHeaders }: RequestRecord): boolean {
  return requestHeaders['origin'] === window.location.origin;
}

function outcomeOf({ status, finished }: RequestRecord): 'running' | 'good' | 'bad' {
  if (!finished) return 'running';
  return status !== null && status < 400 && status !== 203 ? 'good' : 'bad';
}

function statusOf({ status, finished }: RequestRecord): string {
  if (status !== null) return String(status);
  return finished ? 'cut' : '…';
}

/** Label of a request: the path after `_apis/wit`, and the query without the version. */
function shortPath(url: string): string {
  return url
    .replace(/^.*\/_apis\/(wit\/)?/, '')
    .replace(/([?&])api-version=[^&]*&?/, '$1')
    .replace(/[?&]$/, '');
}
