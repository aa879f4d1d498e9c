import { browserRuntime } from '../../../src/base/runtime';
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import type { FormSession } from '../../../src/upload/form/form-session';
import { shareFormEvents } from '../../../src/upload/form/frame-events';
import { createSaveGate } from '../../../src/upload/form/save-gate';
import { createFormSession } from '../../../src/upload/form/form-session';
import { FormGroup } from '../../../src/entries/form-group/form-group-view';
import type { FormEvent } from '../../../src/azure/host/host';
import { createUploadService } from '../../../src/upload/upload-service';
import { followHeight } from '../../../src/entries/shared/frame';
import '../../../src/ui/page.css';
import '../../../src/ui/uploads.css';
import '../../../src/entries/form-group/form-group.css';
import { enter, singly } from './enter';
import { nextTask } from './next-task';
import { createBenchJournal } from './stapler-journal';
import { createFinish, createHost, createServices } from './stapler-parts';

/** Stapler as a person has it: the form group draws every row, and the form goes from one item to the next. */
enter(async ({ baseUrl, batches, settings }) => {
  let raise: (event: FormEvent) => void = () => undefined;
  const benchHost = createHost(baseUrl, (onFormEvent) => {
    raise = onFormEvent;
    return Promise.resolve();
  });
  const { connect, follow } = shareFormEvents(benchHost);
  const host = { ...benchHost, connect };
  const gate = createSaveGate({ host, runtime: browserRuntime });
  follow(gate.onFormEvent);
  const finish = createFinish();
  const { journal, ready } = createBenchJournal(settings, (ids) => session.queue.evict(ids));
  const session: FormSession = createFormSession({
    host,
    gate,
    loadInserter: () => Promise.reject(new Error('The benchmark inserts nothing.')),
    journal,
    idPrefix: '',
    visibility: { isVisible: () => true, onChange: () => undefined },
    connect: ({ canLink, onLinked, onRefreshed }) =>
      createUploadService({
        host,
        services: createServices(host),
        journal,
        canLink,
        onRefreshed,
        onLinked(workItem, names) {
          onLinked(workItem, names);
          finish.onLinked();
        },
      }),
    onHostTimeout: () => undefined,
    runtime: browserRuntime,
  });
  const root = document.getElementById('root')!;
  ReactDOM.render(<FormGroup session={session} />, root);
  await session.start();
  await ready();
  followHeight(root, host.resize);

  return async (progressed) => {
    const count = batches.reduce((sum, { files }) => sum + files.length, 0);
    const linked = finish.until(session.queue, count, progressed);
    for (const { workItemId, files } of singly(batches)) {
      await nextTask();
      raise({ type: 'loaded', workItemId, isNew: false, isReadOnly: false });
      session.attachPicked(files);
    }
    await linked;
  };
});
