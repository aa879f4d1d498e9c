import * as React from 'react';
import '../../ui/dialog.css';
import '../../ui/field.css';
import '../../ui/fields.css';
import { LinkPlace } from '../../ui/file-links/link-place';
import { useStore } from '../../ui/hooks';
import type { FileLinksOptions } from '../../upload/file-links/file-links';
import type { FormSession } from '../../upload/form/form-session';
import { canAttach } from '../../upload/form/form-state';
import './form-links.css';

/** Linked files below the group. */
export function FormLinks(props: {
  session: FormSession;
  services: FileLinksOptions['services'];
  host: FileLinksOptions['host'];
}): React.JSX.Element {
  const { session, services, host } = props;
  const form = useStore(session);
  const item =
    form.status === 'open' && form.target.kind === 'work-item'
      ? { id: form.target.id, canChange: canAttach(form) }
      : undefined;
  return <LinkPlace item={item} onRead={session.onRead} edges={{ services, host, gate: session.gate }} />;
}
