import { browserRuntime } from '../../../src/base/runtime';
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { createPanelSession } from '../../../src/entries/bulk-panel/panel-session';
import type { PanelSession } from '../../../src/entries/bulk-panel/panel-session';
import { Panel } from '../../../src/entries/bulk-panel/panel-view';
import '../../../src/ui/page.css';
import '../../../src/ui/field.css';
import '../../../src/ui/fields.css';
import '../../../src/ui/uploads.css';
import '../../../src/ui/drop-zone.css';
import '../../../src/entries/bulk-panel/bulk-panel.css';
import { enter } from './enter';
import { createBulkParts, onlyBatch } from './stapler-bulk-parts';
import { choose, drawn, press, scrollThrough, shown, tick, type } from './person';

/** Stapler as a person has it for many work items: the panel draws the plan, the run and the report. */
enter(async (work) => {
  const { host, service, journal, ready, untilOver } = createBulkParts(work);
  const { workItemIds, files } = onlyBatch(work);
  const session = createPanelSession({
    host: {
      ...host,
      connect: () => Promise.resolve(),
      workItemIds: () => workItemIds,
      attached: () => [],
      close: () => undefined,
    },
    service,
    journal,
    idPrefix: 'bench-',
    runtime: browserRuntime,
    onHostTimeout: () => undefined,
  });
  ReactDOM.render(<Panel session={session} />, document.getElementById('root'));
  await session.start();
  await ready();

  return async (progressed, begins) => {
    begins('planning');
    session.attachPicked(files);
    await untilState(session, ({ plan }) => plan.pairs.length === files.length * workItemIds.length);
    if (work.lingers) {
      await drawn();
      begins('editing');
      await changePlan();
    }
    begins('running');
    await session.begin();
    await untilOver(session.getSnapshot().run!, progressed, begins);
    if (!work.lingers) return;
    begins('report');
    await shown(REPORT);
    begins('reading');
    await readReport();
  };
});

async function changePlan(): Promise<void> {
  await press(/^Options/);
  await type('Comment for all files', 'Logs of the night');
  await choose('If the file name already exists', 'replace');
  await choose('If the file name already exists', 'skip');
  await scrollThrough('Work items in the plan');
  await tick('File or folder name');
  await tick('All files to all work items');
}

/** Name of the list in the report. */
const REPORT = 'Results by file';

async function readReport(): Promise<void> {
  await press(/^Attached/);
  await press(/^All/);
  await scrollThrough(REPORT);
}

function untilState(
  session: PanelSession,
  isReached: (state: ReturnType<PanelSession['getSnapshot']>) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isReached(session.getSnapshot())) return;
      stop();
      resolve();
    };
    const stop = session.subscribe(look);
    look();
  });
}
