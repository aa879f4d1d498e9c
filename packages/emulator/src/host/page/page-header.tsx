import * as React from 'react';
import { initialsOf } from './format';
import { useHostPage } from './host-page';
import { titleOfPlace } from './navigation';
import { useStore } from './store';

/** Current place and user, and the button of the side panel. */
export function PageHeader() {
  const { config, navigation, settings } = useHostPage();
  const place = useStore(navigation);
  const { sidePanelOpen } = useStore(settings);
  const { displayName } = config.user;
  return (
    <header className="page-header">
      <svg className="logo" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M4 3h12l4 4v14H4z M8 10h8 M8 14h8 M8 18h5" />
      </svg>
      <nav aria-label="Breadcrumb">
        <ol className="breadcrumb">
          <li>{config.organization.name}</li>
          <li>{config.project.name}</li>
          {place.page !== 'settings' && <li>{place.page === 'query' ? 'Queries' : 'Boards'}</li>}
        </ol>
      </nav>
      <h1>{titleOfPlace(place, config)}</h1>
      <span className="spacer" />
      <span className="badge">{config.mode === 'server' ? 'Server' : 'Services'}</span>
      <button
        type="button"
        aria-expanded={sidePanelOpen}
        aria-controls="side-panel"
        onClick={() => settings.change({ sidePanelOpen: !sidePanelOpen })}
      >
        Emulator
      </button>
      <span className="avatar" role="img" aria-label={displayName} title={displayName}>
        {initialsOf(displayName)}
      </span>
    </header>
  );
}
