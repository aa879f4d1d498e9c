import * as React from 'react';
import { useHostPage } from '../host-page';
import { ExtensionSlot } from '../sdk/extension-slot';
import { nameOfContribution } from '../sdk/handshake';
import { useStore } from '../store';
import { textOf } from '../work-item';
import { kindOf, LinkTarget } from './links-tab';
import { shownLinks, valueOf, type Form } from './form';
import { htmlOfText, textOfHtml } from './html';
import { TextField } from './form-header';

const priorities = ['1', '2', '3', '4'];

/** Fields of the work item, and the groups contributed by extensions. */
export function DetailsTab({ form }: { form: Form }) {
  const { config, settings } = useHostPage();
  const { columnWidth } = useStore(settings);
  const groups = config.extension.contributions.filter(
    ({ type }) => type === 'ms.vss-work-web.work-item-form-group',
  );
  const width = columnWidth === 'auto' ? {} : { flex: `0 0 ${columnWidth}px` };
  return (
    <div className="columns">
      <div className="column">
        <Description form={form} />
        <Group title="Planning">
          <div className="fields">
            <Priority form={form} />
            <TextField form={form} field="System.AreaPath" label="Area" />
            <TextField form={form} field="System.IterationPath" label="Iteration" />
          </div>
        </Group>
      </div>
      <div className="column" style={width}>
        {groups.map((group) => (
          <Group key={group.id} title={nameOfContribution(group)}>
            <ExtensionSlot contribution={group} form={form} />
          </Group>
        ))}
        <Group title="Related work">
          <RelatedWork form={form} />
        </Group>
      </div>
    </div>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="group" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Description({ form }: { form: Form }) {
  const { board } = useHostPage();
  const field = 'System.Description';
  const value = textOf(valueOf(form, field));
  const isMarkdown = form.item.multilineFieldsFormat?.[field] === 'markdown';
  return (
    <section className="group" aria-label="Description">
      <h3>Description</h3>
      <textarea
        aria-label="Description"
        rows={7}
        placeholder="Click to add description."
        disabled={form.isReadOnly}
        value={isMarkdown ? value : textOfHtml(value)}
        onChange={({ target }) =>
          board.setValues({ [field]: isMarkdown ? target.value : htmlOfText(target.value) })
        }
      />
    </section>
  );
}

function Priority({ form }: { form: Form }) {
  const { board } = useHostPage();
  const field = 'Microsoft.VSTS.Common.Priority';
  return (
    <label className="field">
      <span>Priority</span>
      <select
        disabled={form.isReadOnly}
        value={textOf(valueOf(form, field))}
        onChange={(event) => board.setValues({ [field]: Number(event.target.value) })}
      >
        {textOf(valueOf(form, field)) === '' && <option value="" />}
        {priorities.map((priority) => (
          <option key={priority}>{priority}</option>
        ))}
      </select>
    </label>
  );
}

function RelatedWork({ form }: { form: Form }) {
  const links = shownLinks(form);
  if (links.length === 0) return <p className="empty">There are no links in this work item.</p>;
  return (
    <ul className="plain-list">
      {links.map((link) => (
        <li key={link.rel + link.url}>
          {kindOf(link)} <LinkTarget link={link} />
        </li>
      ))}
    </ul>
  );
}
