import * as React from 'react';
import { hubGroups, hubsIn } from './extensions/hubs';
import { useHostPage } from './host-page';
import { PlaceLink } from './place-link';

/** Pictures of 24 by 24, drawn with lines. */
const icons = {
  'work-items': 'M5 4h14v16H5z M8.5 9h7 M8.5 12.5h7 M8.5 16h4',
  query: 'M4 6h16 M4 12h8 M4 18h6 M16.5 13a3 3 0 1 0 0 6a3 3 0 0 0 0-6z M18.7 18.2L21 20.5',
  backlog: 'M4 6h3 M10 6h10 M4 12h3 M10 12h10 M4 18h3 M10 18h10',
  sprint: 'M5 15a7.5 7.5 0 1 1 7 4.5 M4 19.5h8 M12 8v4.5h3.5',
  plan: 'M4 5v15h16 M7.5 8h6 M10 12h7 M13 16h6',
  board: 'M4 5h4.5v14H4z M9.8 5h4.5v9H9.8z M15.5 5H20v11.500h-4.500z',
  hub: 'M4 4h7v7H4z M13 4h7v7h-7z M4 13h7v7H4z M16.500 13v7 M13 16.500h7',
  settings: 'M4 7h9 M17 7h3 M15 5v4 M4 17h3 M11 17h9 M9 15v4 M4 12h14 M18 10v4',
};

/** The pages there are, those of extensions among them. */
export function PageNav() {
  const { config } = useHostPage();
  return (
    <nav className="page-nav" aria-label="Pages">
      <ul>
        <li>
          <PlaceLink place={{ page: 'work-items' }}>
            <Icon of="work-items" /> Work items
          </PlaceLink>
        </li>
        <li>
          <PlaceLink place={{ page: 'query' }}>
            <Icon of="query" /> Queries
          </PlaceLink>
        </li>
        <li>
          <PlaceLink place={{ page: 'backlog' }}>
            <Icon of="backlog" /> Backlogs
          </PlaceLink>
        </li>
        <li>
          <PlaceLink place={{ page: 'board' }}>
            <Icon of="board" /> Boards
          </PlaceLink>
        </li>
        <li>
          <PlaceLink place={{ page: 'sprint' }}>
            <Icon of="sprint" /> Sprints
          </PlaceLink>
        </li>
        <li>
          <PlaceLink place={{ page: 'plan' }}>
            <Icon of="plan" /> Delivery plans
          </PlaceLink>
        </li>
        {hubsIn(config, [hubGroups.boards]).map(({ id, name }) => (
          <li key={id}>
            <PlaceLink place={{ page: 'hub', hub: id }}>
              <Icon of="hub" /> {name}
            </PlaceLink>
          </li>
        ))}
        <li className="page-nav-last">
          <PlaceLink place={{ page: 'settings' }}>
            <Icon of="settings" /> Project settings
          </PlaceLink>
        </li>
      </ul>
    </nav>
  );
}

function Icon({ of }: { of: keyof typeof icons }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={icons[of]} />
    </svg>
  );
}
