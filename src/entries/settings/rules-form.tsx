import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { PolicyRules } from '../../upload/rules/policy/policy';
import { PartsFields } from './parts-group';
import type { MemberPath } from './policy-text';
import { memberAt, parsePolicyText, writeMember } from './policy-text';
import type { RuleFieldProps } from './rule-fields';
import { ChoiceRule, TextRule } from './rule-fields';
import type { EditorState } from './settings-session';
import { TypeTabs } from './type-tabs';

interface FormProps {
  readonly state: Pick<EditorState, 'text' | 'result'>;
  /** Names of types of work items, to choose from. */
  readonly typeNames: readonly string[];
  readonly onEdit: (text: string) => void;
}

/** The policy as a form: the rules of all work items, or those of one type. */
export function RulesForm({ state, typeNames, onEdit }: FormProps): React.JSX.Element {
  const { text } = state;
  const [chosen, setChosen] = React.useState<string>();
  const document = parsePolicyText(text);
  const types = memberAt(document, ['workItemTypes']);
  const isThere = chosen !== undefined && memberAt(types, [chosen]) !== undefined;
  const type = isThere ? chosen : undefined;
  const scope = type === undefined ? [] : ['workItemTypes', type];
  return (
    <section aria-labelledby="form-title">
      <h2 id="form-title">{t('Rules')}</h2>
      {!document && (
        <p className="quiet" role="status">
          {t('The form needs valid JSON. Fix the text to continue here.')}
        </p>
      )}
      <TypeTabs
        document={document}
        type={type}
        names={typeNames}
        onChoose={setChosen}
        onAdd={(name) => {
          onEdit(writeMember(text, ['workItemTypes', name], {}));
          setChosen(name);
        }}
      />
      {type !== undefined && (
        <div className="settings-buttons">
          <p className="quiet settings-grow">{t('Each rule set here replaces the one of all work items.')}</p>
          <Button
            className="text-button"
            subtle={true}
            text={t('Remove the rules of {type}', { type })}
            onClick={() => {
              onEdit(writeMember(text, scope, undefined));
              setChosen(undefined);
            }}
          />
        </div>
      )}
      <RuleGroups key={type ?? ''} scope={scope} document={document} state={state} onEdit={onEdit} />
    </section>
  );
}

interface GroupsProps extends Omit<FormProps, 'typeNames'> {
  readonly scope: MemberPath;
  /** `undefined` if the text is no JSON. */
  readonly document: unknown;
}

function RuleGroups({ scope, document, state, onEdit }: GroupsProps): React.JSX.Element {
  const field = (name: keyof PolicyRules, label: string, hint?: string): RuleFieldProps =>
    fieldAt([...scope, name], label, hint);
  const fieldAt = (path: MemberPath, label: string, hint?: string): RuleFieldProps => {
    const dotted = path.join('.');
    const faults = state.result.ok ? [] : state.result.faults;
    return {
      id: `rule-${path.at(-1)}`,
      label,
      hint,
      value: memberAt(document, path),
      faults: faults
        .filter((fault) => fault.path === dotted || fault.path.startsWith(`${dotted}.`))
        .map(({ message }) => message),
      isDisabled: document === undefined,
      onChange: (value) => onEdit(writeMember(state.text, path, value)),
    };
  };
  return (
    <>
      <Group title={t('Size and number')}>
        <TextRule {...field('maxBytes', t('Maximum size of a file, in MB'))} format="size" />
        <TextRule {...field('maxFiles', t('Maximum number of attachments'))} format="count" />
      </Group>
      <Group title={t('Types')}>
        <TextRule
          {...field('allow', t('Allowed types'), t('For example: png, log. All others are refused.'))}
          format="list"
        />
        <TextRule
          {...field('block', t('Blocked types'), t('Judged by extension and by content.'))}
          format="list"
        />
      </Group>
      <Group title={t('Names and comments')}>
        <TextRule
          {...field(
            'name',
            t('Names'),
            t(
              '{id} = work item ID, {type} = type, * = any text, ? = one character. Separate patterns with “;”.',
              { id: '{id}', type: '{type}' },
            ),
          )}
          format="text"
        />
        <ChoiceRule
          {...field('requireComment', t('Comment on each file'))}
          choices={[
            [true, t('Required')],
            [false, t('Optional')],
          ]}
        />
      </Group>
      <Group title={t('Content')}>
        <ChoiceRule
          {...field('metadata', t('Metadata of images'))}
          choices={[
            ['keep', t('Keep')],
            ['location', t('Remove the location')],
            ['all', t('Remove everything')],
          ]}
        />
        <ChoiceRule
          {...field('secrets', t('Secrets in texts'))}
          choices={[
            ['off', t("Don't search")],
            ['warn', t('Warn')],
            ['mask', t('Mask')],
            ['block', t('Refuse the file')],
          ]}
        />
        <ChoiceRule
          {...field('duplicates', t('Files with a name that is attached already'))}
          choices={[
            ['ask', t('Ask each time')],
            ['skip', t('Skip')],
            ['replace', t('Replace')],
            ['keep', t('Keep both')],
          ]}
        />
        <ChoiceRule
          {...field('overLimit', t('Files over the size limit of the server'))}
          choices={[
            ['ask', t('Ask each time')],
            ['split', t('Split into parts')],
            ['zip', t('Attach as a zip')],
            ['shrink', t('Suggest a smaller image or video')],
            ['skip', t('Leave out')],
            ['fail', t('Refuse the file')],
          ]}
        />
      </Group>
      <Group title={t('Message')}>
        <TextRule
          {...field(
            'message',
            t('Message with each refusal'),
            t('For example, the person to ask for an exception.'),
          )}
          format="text"
        />
      </Group>
      {scope.length === 0 && (
        <Group title={t('Parts of Stapler')}>
          <PartsFields fieldOf={(part, label) => fieldAt(['parts', part], label)} />
        </Group>
      )}
    </>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }): React.JSX.Element {
  return (
    <fieldset className="settings-group">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}
