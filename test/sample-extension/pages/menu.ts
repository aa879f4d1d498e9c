import * as SDK from 'azure-devops-extension-sdk';
import { idsIn } from './ids';
import { fullId, getLayout } from './layout';

/** One item as the host wants it of a provider. */
interface ProvidedItem {
  text: string;
  disabled?: boolean;
  childItems?: ProvidedItem[];
  action?: (context: Record<string, unknown>) => Promise<void>;
}

async function openPanel(context: Record<string, unknown>): Promise<void> {
  const layout = await getLayout();
  layout.openPanel(fullId('panel'), {
    title: 'Work items',
    description: 'Those that were selected.',
    configuration: { ids: idsIn(context) },
  });
}

// Nobody sees this page: it is loaded when a menu needs it. It registers first, since the host asks at once.
SDK.register('list-ids', { execute: openPanel });
SDK.register('more', {
  getMenuItems: (): ProvidedItem[] => [
    { text: 'Sample actions', childItems: [{ text: 'List this ID', action: openPanel }] },
    { text: 'Not now', disabled: true },
  ],
});
void SDK.init({ applyTheme: false });
