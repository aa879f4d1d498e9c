import * as React from 'react';
import type { FormEvent } from '../azure/host/host';
import type { WorkItem } from '../azure/work-item';
import type { GalleryEdges } from './create-gallery';
import { createGallery } from './create-gallery';
import type { GallerySession } from './gallery-session';
import type { Fold } from './gallery-view';
import { Gallery } from './gallery-view';
import { Strip } from './strip/strip';

/** Dependencies of `openGalleryInForm`. */
export interface GalleryInFormOptions extends GalleryEdges {
  /** Subscribes to form events, beginning with those of the current work item. */
  readonly follow: (listener: (event: FormEvent) => void) => void;
  /** Subscribes to the work items that the form group reads, beginning with the current one. */
  readonly onRead: (listener: (workItem: WorkItem) => void) => void;
  /** Subscribes to new attachments. The form has no event for them. */
  readonly onAttached: (listener: () => void) => void;
}

/** Renders the gallery in the form group: a strip while it is folded, all files otherwise. */
export type RenderGallery = (fold: Fold) => React.JSX.Element;

/** Creates a gallery inside the form group, for the work item in the form. */
export function openGalleryInForm(options: GalleryInFormOptions): RenderGallery {
  const session = createGallery(options);
  session.setFolded(true);
  session.onConnected();
  options.follow(session.onFormEvent);
  options.onRead(session.onRead);
  options.onAttached(() => {
    // The work item after the link has come by `onRead`; the list also shows who attached it.
    if (!session.getSnapshot().isFolded) session.readAgain();
  });
  void session.start();
  return (fold) => <GalleryInForm session={session} fold={fold} />;
}

function GalleryInForm({ session, fold }: { session: GallerySession; fold: Fold }): React.JSX.Element {
  React.useLayoutEffect(() => session.setFolded(fold.isFolded), [session, fold.isFolded]);
  return <Gallery session={session} strip={Strip} fold={fold} />;
}
