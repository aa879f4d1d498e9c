import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { browserRuntime } from '../../../src/base/runtime';
import { createGallery } from '../../../src/gallery/create-gallery';
import { Gallery } from '../../../src/gallery/gallery-view';
import type { GallerySession } from '../../../src/gallery/gallery-session';
import { createSaveGate } from '../../../src/upload/form/save-gate';
import '../../../src/ui/page.css';
import '../../../src/ui/field.css';
import '../../../src/ui/fields.css';
import '../../../src/ui/uploads.css';
import '../../../src/gallery/gallery.css';
import '../../../src/gallery/actions.css';
import '../../../src/entries/gallery-page/gallery-page.css';
import { enter, onlyWorkItem } from './enter';
import { lookThrough } from './look-through';
import { press } from './person';
import { nextSavedFile } from './saved-file';
import { createHost, createServices } from './stapler-parts';

/** Stapler's page of attachments, immediately after the form has named its work item. */
enter(async (work) => {
  const host = createHost(work.baseUrl);
  const gate = createSaveGate({ host, runtime: browserRuntime });
  const session = createGallery({ host, services: createServices(host), gate });
  ReactDOM.render(<Gallery session={session} />, document.getElementById('root'));
  session.onConnected();
  await session.start();

  return async (progressed, begins) => {
    session.zip.subscribe(progressed);
    const workItemId = onlyWorkItem(work);
    await lookThrough(
      {
        open: () => session.onFormEvent({ type: 'loaded', workItemId, isNew: false, isReadOnly: false }),
        showAsGrid: () => press(/^Grid$/),
      },
      progressed,
      begins,
    );
    begins('zip');
    await zipAll(session);
  };
});

/** @throws Error if the zip lacks a file. */
async function zipAll({ zip, getSnapshot }: GallerySession): Promise<void> {
  const saved = nextSavedFile();
  const failed = new Promise<never>((_, reject) => {
    zip.subscribe(() => {
      const state = zip.getSnapshot();
      if (state.status === 'failed') reject(new Error(`Failed: ${JSON.stringify(state.problem)}`));
    });
  });
  await press(/^Download all/);
  const bytes = await Promise.race([saved, failed]);
  const least = (getSnapshot().files ?? []).reduce((sum, { size = 0 }) => sum + size, 0);
  if (bytes <= least) throw new Error(`The zip has ${bytes} bytes, the files have ${least}.`);
}
