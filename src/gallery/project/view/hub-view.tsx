import * as React from 'react';
import { t } from '../../../base/i18n/translate';

/** Session of the hub. */
export interface HubSession {
  readonly project: { readonly id: string; readonly name: string };
}

/** Attachments of a project. */
export function HubView({ session }: { session: HubSession }): React.JSX.Element {
  return (
    <>
      <h1>{t('Attachments')}</h1>
      <p>{session.project.name}</p>
    </>
  );
}
