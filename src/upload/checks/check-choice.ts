import type { Host } from '../../azure/host/host';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { FileRules, MetadataRule } from '../rules/file-rules';
import { DEFAULT_RULES } from '../rules/file-rules';

/** Rules that a person chooses: to mask or refuse without a question is for policies. */
export interface ChosenRules extends FileRules {
  readonly secrets: 'warn' | 'off';
  /** Whether a pasted image is opened in the editor before it is sent. */
  readonly editsPasted: boolean;
}

/** The person's remembered rules for files before their upload. */
export interface CheckChoice extends ReadonlyStore<ChosenRules> {
  /** Sets rules in this frame, and in the person's settings if the host has any. */
  readonly choose: (changes: Partial<ChosenRules>) => void;
  /** Reads the rules from the settings, once. Never rejects. */
  readonly recall: () => Promise<void>;
}

const METADATA_SETTING = 'image-metadata';
const SECRETS_SETTING = 'look-for-secrets';
const EDIT_SETTING = 'edit-pasted';

/** Settings of the person. */
export type CheckSettings = Pick<Host, 'readSetting' | 'writeSetting'>;

/** One for each frame, although two lazy parts of it use the choice. */
const choices = new WeakMap<CheckSettings, CheckChoice>();

/** Returns the choice in these settings. It starts with `DEFAULT_RULES`, and without the editor. */
export function checkChoiceIn(settings: CheckSettings): CheckChoice {
  const choice = choices.get(settings) ?? createCheckChoice(settings);
  choices.set(settings, choice);
  return choice;
}

function createCheckChoice(host: CheckSettings): CheckChoice {
  const store = createStateStore<ChosenRules>({ ...DEFAULT_RULES, secrets: 'warn', editsPasted: false });
  /** Rules chosen in this frame: newer than the settings. */
  let chosen: Partial<ChosenRules> = {};
  let recalled: Promise<void> | undefined;

  async function read(): Promise<void> {
    const [metadata, secrets, edit] = await Promise.all(
      [METADATA_SETTING, SECRETS_SETTING, EDIT_SETTING].map((key) => host.readSetting(key)),
    );
    store.setState((rules) => ({
      ...rules,
      ...(isChangedRule(metadata) && { metadata }),
      ...(secrets === 'off' && { secrets }),
      editsPasted: edit === 'yes',
      ...chosen,
    }));
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    choose(changes) {
      chosen = { ...chosen, ...changes };
      store.setState((rules) => ({ ...rules, ...changes }));
      if (changes.metadata) host.writeSetting(METADATA_SETTING, changes.metadata);
      if (changes.editsPasted !== undefined)
        host.writeSetting(EDIT_SETTING, changes.editsPasted ? 'yes' : 'no');
      if (changes.secrets) host.writeSetting(SECRETS_SETTING, changes.secrets);
    },

    recall: () => (recalled ??= read()),
  };
}

function isChangedRule(setting: string | undefined): setting is MetadataRule {
  return setting === 'all' || setting === 'keep';
}
