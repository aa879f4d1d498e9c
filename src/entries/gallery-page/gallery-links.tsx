import * as React from 'react';
import type { GallerySession } from '../../gallery/gallery-session';
import { LinkPlace } from '../../ui/file-links/link-place';
import { useStore } from '../../ui/hooks';
import type { FileLinksOptions } from '../../upload/file-links/file-links';
import './gallery-links.css';

/** Linked files below the attached ones. */
export function GalleryLinks(props: {
  session: GallerySession;
  services: FileLinksOptions['services'];
  host: FileLinksOptions['host'];
}): React.JSX.Element {
  const { session, services, host } = props;
  const { status, workItemId, isReadOnly } = useStore(session);
  const item = status === 'open' ? { id: workItemId, canChange: !isReadOnly } : undefined;
  return (
    <LinkPlace item={item} onRead={session.followReads} edges={{ services, host, gate: session.gate }} />
  );
}
