import * as React from 'react';
import { Overlays } from './extensions/overlays';
import type { Form } from './form/form';
import { FormDialog } from './form/form-dialog';
import { WorkItemForm } from './form/work-item-form';
import { useHostPage } from './host-page';
import { BannerBar, QuestionDialog, Toasts } from './messages-view';
import { PageHeader } from './page-header';
import { PageNav } from './page-nav';
import { BacklogPage } from './pages/backlog-page';
import { BoardPage } from './pages/board-page';
import { HubPage } from './pages/hub-page';
import { QueryPage } from './pages/query-page';
import { SettingsPage } from './pages/settings-page';
import type { PageName } from './routing';
import { ExtensionFrame } from './sdk/extension-frame';
import { SidePanel } from './side-panel/side-panel';
import { useStore } from './store';
import { WorkItemList } from './work-item-list';
import './pages/pages.css';

/** The whole page: header, navigation, the current page, and the emulator's own panel. */
export function App() {
  const { board, layout, navigation, settings } = useHostPage();
  const { overlays, isFullScreen } = useStore(layout);
  const { forms } = useStore(board);
  const { page } = useStore(navigation);
  const { sidePanelOpen } = useStore(settings);
  // Only the list of work items has room for a form beside it.
  const form = page === 'work-items' ? forms[0] : undefined;
  const upon = form ? forms.slice(1) : forms;
  const top = upon.at(-1);
  const isOverlaid = overlays.length > 0;
  const messages = <PageMessages />;
  return (
    <div className="page" data-side-panel={sidePanelOpen ? 'open' : 'closed'} data-full-screen={isFullScreen}>
      <PageHeader />
      <PageNav />
      <div className="content">
        {page === 'work-items' && <WorkItemList />}
        <main className="main">
          {!top && !isOverlaid && messages}
          <Page name={page} form={form} />
        </main>
      </div>
      <SidePanel />
      <Observers />
      {upon.map((each) => (
        <FormDialog key={each.place} form={each} messages={each === top && !isOverlaid && messages} />
      ))}
      <Overlays messages={messages} />
      <QuestionDialog />
      {isFullScreen && (
        <button type="button" className="leave-full-screen" onClick={() => layout.setFullScreen(false)}>
          Leave full screen
        </button>
      )}
    </div>
  );
}

function Page({ name, form }: { name: PageName; form: Form | undefined }) {
  switch (name) {
    case 'work-items':
      return form ? <WorkItemForm key={form.place} form={form} /> : <Welcome />;
    case 'query':
      return <QueryPage />;
    case 'backlog':
      return <BacklogPage />;
    case 'board':
    case 'sprint':
    case 'plan':
      return <BoardPage key={name} kind={name} />;
    case 'settings':
      return <SettingsPage />;
    case 'hub':
      return <HubPage />;
  }
}

/** Messages of the page. */
function PageMessages() {
  const { busy } = useStore(useHostPage().board);
  return (
    <>
      <div className="progress" data-busy={busy} />
      <BannerBar />
      <Toasts />
    </>
  );
}

function Welcome() {
  return (
    <div className="welcome">
      <h2>Open a work item</h2>
      <p>Choose one from the list, or make a new one. The extension shows inside its form.</p>
    </div>
  );
}

/** Invisible frames of observers, for the lifetime of the page; they receive the events of all forms. */
function Observers() {
  const { config } = useHostPage();
  const observers = config.extension.contributions.filter(
    ({ type }) => type === 'ms.vss-work-web.work-item-notifications',
  );
  return (
    <>
      {observers.map((observer) => (
        <ExtensionFrame key={observer.id} contribution={observer} view={undefined} shown={false} />
      ))}
    </>
  );
}
