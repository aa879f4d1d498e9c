import * as React from 'react';
import { useHostPage, useTask } from '../host-page';
import { nameOfContribution } from '../sdk/handshake';
import { ExtensionSlot } from '../sdk/extension-slot';
import { useStore } from '../store';
import { Tabs, type Tab } from '../tabs';
import { attachmentsOf, typeOf, workItemType } from '../work-item';
import { AttachmentsTab } from './attachments-tab';
import { CommandBar } from './command-bar';
import { DetailsTab } from './details-tab';
import { FormHeader } from './form-header';
import type { Form } from './form';
import { HistoryTab } from './history-tab';
import { LinksTab } from './links-tab';
import './form.css';

/** The open work item. It stays mounted across items, so the frames of the extension are reused. */
export function WorkItemForm({ form }: { form: Form }) {
  const { board, config } = useHostPage();
  const run = useTask();
  const { busy, forms } = useStore(board);
  const isActive = forms.at(-1) === form;
  const { item } = form;

  React.useEffect(() => {
    if (!isActive) return;
    const saveByKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      run(() => board.save());
    };
    document.addEventListener('keydown', saveByKey);
    return () => document.removeEventListener('keydown', saveByKey);
  });

  const pages = config.extension.contributions.filter(
    ({ type }) => type === 'ms.vss-work-web.work-item-form-page',
  );
  const tabs: Tab[] = [
    { id: 'details', label: 'Details', content: <DetailsTab form={form} />, keepMounted: true },
    ...pages.map((page) => ({
      id: page.id,
      label: nameOfContribution(page),
      content: <ExtensionSlot contribution={page} form={form} />,
      keepMounted: true,
    })),
    { id: 'history', label: 'History', content: <HistoryTab key={item.id} item={item} /> },
    { id: 'links', label: 'Links', content: <LinksTab form={form} /> },
    {
      id: 'attachments',
      label: `Attachments (${attachmentsOf(item).length})`,
      content: <AttachmentsTab item={item} />,
    },
  ];
  return (
    <article
      className="form"
      aria-label="Work item"
      aria-busy={busy}
      style={{ '--type-color': workItemType(typeOf(item)).color } as React.CSSProperties}
    >
      <div className="form-top">
        <FormHeader form={form} />
        <CommandBar form={form} />
        {Object.values(form.errors).map((message) => (
          <p key={message} className="form-objection" role="alert">
            {message}
          </p>
        ))}
      </div>
      <Tabs label="Work item" tabs={tabs} />
    </article>
  );
}
