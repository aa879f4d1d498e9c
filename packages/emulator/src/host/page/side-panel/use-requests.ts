import * as React from 'react';
import type { RequestRecord } from '../../../contract';
import { control } from '../control';

/** More would slow the page down during uploads of thousands of files. */
const keptRequests = 300;

/** The latest requests at the REST origin, newest first. Drawn at most once per frame of the screen. */
export function useRequests(): { requests: RequestRecord[]; clear: () => void } {
  const [requests, setRequests] = React.useState<RequestRecord[]>([]);
  React.useEffect(() => {
    const arrived = new Map<number, RequestRecord>();
    let frame = 0;
    const draw = (): void => {
      frame = 0;
      const latest = new Map(arrived);
      arrived.clear();
      setRequests((known) => merge(known, latest));
    };
    const endWatch = control.watchRequests((record) => {
      arrived.set(record.id, record);
      if (frame === 0) frame = window.requestAnimationFrame(draw);
    });
    return () => {
      endWatch();
      window.cancelAnimationFrame(frame);
    };
  }, []);
  return { requests, clear: () => setRequests([]) };
}

/** Each request is reported twice; the second report replaces the first. */
function merge(known: RequestRecord[], latest: Map<number, RequestRecord>): RequestRecord[] {
  const kept = known.map((record) => latest.get(record.id) ?? record);
  const knownIds = new Set(known.map(({ id }) => id));
  const added = [...latest.values()].filter(({ id }) => !knownIds.has(id)).reverse();
  return [...added, ...kept].slice(0, keptRequests);
}
