import * as React from 'react';
import { useHostPage } from '../host-page';
import { ExtensionSlot } from '../sdk/extension-slot';
import { nameOfContribution } from '../sdk/handshake';
import { useStore } from '../store';
import { longTextsOf, nameOfField, textOf } from '../work-item';
import { Discussion } from './discussion';
import { kindOf, LinkTarget } from './links-tab';
import { shownLinks, valueOf, type Form } from './form';
import { LongText } from './long-text';
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
        {shownTexts(form).map((field) => (
          <LongText key={field} form={form} field={field} label={nameOfField(field)} />
        ))}
        <Group title="Planning">
          <div className="fields">
            <Priority form={form} />
            <TextField form={form} field="System.AreaPath" label="Area" />
            <TextField form={form} field="System.IterationPath" label="Iteration" />
          </div>
        </Group>
        {hasComments(form) && (
          <Group title="Discussion">
            <Discussion item={form.item} />
          </Group>
        )}
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

/** Long texts of the form: the description, and those that have or had a text. */
function shownTexts(form: Form): string[] {
  const [description = '', ...others] = longTextsOf(form.item);
  const isUsed = (field: string) =>
    [form.item.fields[field], valueOf(form, field)].some((value) => textOf(value) !== '');
  return [description, ...others.filter(isUsed)];
}

function hasComments({ item }: Form): boolean {
  return Number(item.fields['System.CommentCount'] ?? 0) > 0;
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
