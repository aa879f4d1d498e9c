import * as React from 'react';
import { FormDialog } from './form/form-dialog';
import { WorkItemForm } from './form/work-item-form';
import { useHostPage } from './host-page';
import { BannerBar, QuestionDialog, Toasts } from './messages-view';
import { PageHeader } from './page-header';
import { ExtensionFrame } from './sdk/extension-frame';
import { SidePanel } from './side-panel/side-panel';
import { useStore } from './store';
import { WorkItemList } from './work-item-list';

/** The whole page: header, list, form and, on the right, what belongs to the stand-in and not to Azure Boards. */
export function App() {
  const { board, settings } = useHostPage();
  const { forms } = useStore(board);
  const { sidePanelOpen } = useStore(settings);
  const [form, ...upon] = forms;
  const top = upon.at(-1);
  const messages = <PageMessages />;
  return (
    <div className="page" data-side-panel={sidePanelOpen ? 'open' : 'closed'}>
      <PageHeader />
      <WorkItemList />
      <main className="main">
        {!top && messages}
        {form ? <WorkItemForm key={form.place} form={form} /> : <Welcome />}
      </main>
      <SidePanel />
      <Observers />
      {upon.map((each) => (
        <FormDialog key={each.place} form={each} messages={each === top && messages} />
      ))}
      <QuestionDialog />
    </div>
  );
}

/** What the page has to say while a person works. */
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

/** Pages without a face, there for as long as the page is; they hear what happens to any form. */
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
