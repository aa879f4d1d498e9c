import * as React from 'react';
import type { FormEvent } from '../host/host';
import type { GalleryEdges } from './create-gallery';
import { createGallery } from './create-gallery';
import { Gallery } from './gallery-view';

/** What the group in the form gives to a gallery that is folded inside it. */
export interface GalleryInFormOptions extends GalleryEdges {
  /** Passes on what the form tells, beginning with the work item that it shows by now. */
  readonly follow: (listener: (event: FormEvent) => void) => void;
  /** Calls back whenever something was attached, which the form itself does not tell. */
  readonly onAttached: (listener: () => void) => void;
}

/** The gallery of the work item in the form, small enough to stand inside a group of it. */
export function openGalleryInForm(options: GalleryInFormOptions): React.JSX.Element {
  const session = createGallery(options);
  session.onConnected();
  options.follow(session.onFormEvent);
  options.onAttached(session.readAgain);
  void session.start();
  return <Gallery session={session} isSmall={true} />;
}
