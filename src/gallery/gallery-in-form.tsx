import * as React from 'react';
import type { FormEvent } from '../azure/host/host';
import type { GalleryEdges } from './create-gallery';
import { createGallery } from './create-gallery';
import { Gallery } from './gallery-view';

/** Dependencies of `openGalleryInForm`. */
export interface GalleryInFormOptions extends GalleryEdges {
  /** Subscribes to form events, beginning with those of the current work item. */
  readonly follow: (listener: (event: FormEvent) => void) => void;
  /** Subscribes to new attachments. The form has no event for them. */
  readonly onAttached: (listener: () => void) => void;
}

/** Creates a gallery inside the form group, for the work item in the form. */
export function openGalleryInForm(options: GalleryInFormOptions): React.JSX.Element {
  const session = createGallery(options);
  session.onConnected();
  options.follow(session.onFormEvent);
  options.onAttached(session.readAgain);
  void session.start();
  return <Gallery session={session} isSmall={true} />;
}
