/** @jest-environment jsdom */
import type { EmulatorConfig } from '../../src/contract';
import { Layout } from '../../src/host/page/extensions/layout';
import { createServices, type ServiceEnvironment } from '../../src/host/page/sdk/host-services';
import type { Quirks } from '../../src/host/page/settings';
import { setUp as setUpBoard } from './host-board';

const LAYOUT = 'ms.vss-features.host-page-layout-service';
const FORM_NAVIGATION = 'ms.vss-work-web.work-item-form-navigation-service';

const config = {
  restBaseUrl: 'http://127.0.0.1:4801/fabrikam/',
  organization: { id: '1', name: 'fabrikam' },
  project: { id: '2', name: 'Fabrikam' },
  extension: {
    publisherId: 'fabrikam',
    extensionId: 'probe',
    version: '1.2.3',
    contributions: [{ id: 'panel', type: 'ms.vss-web.external-content', targets: [], properties: {} }],
  },
} as unknown as EmulatorConfig;

function setUp(quirks: Partial<Quirks> = {}, restBaseUrl = config.restBaseUrl) {
  const { board, settings } = setUpBoard(quirks);
  const layout = new Layout(config);
  const services = createServices(
    { board, settings, layout, config: { ...config, restBaseUrl } } as unknown as ServiceEnvironment,
    'frame',
  );
  return { board, layout, getService: (id: string) => services.getService(id) };
}

test.each([
  ['shown', true, 1],
  ['invisible', true, 0],
  ['invisible', false, 1],
] as const)('dialogsFromForm %s with an open form (%s) shows %i panels', async (answer, hasForm, panels) => {
  const { board, layout, getService } = setUp({ dialogsFromForm: answer });
  if (hasForm) await board.open(7);
  (getService(LAYOUT) as { openPanel: (id: string) => void }).openPanel('fabrikam.probe.panel');
  expect(layout.state.overlays).toHaveLength(panels);
});

test('formNavigation decides about the navigation service for forms', async () => {
  const { board, getService } = setUp({ formNavigation: 'available' });
  await (getService(FORM_NAVIGATION) as { openWorkItem: (id: number) => Promise<unknown> }).openWorkItem(7);
  expect(board.activeForm.item.id).toBe(7);
  expect(() => setUp({ formNavigation: 'missing' }).getService(FORM_NAVIGATION)).toThrow('is not available');
});

test('openNewWindow opens the address of a work item at its page', () => {
  const open = jest.spyOn(window, 'open').mockReturnValue(null);
  const { getService } = setUp();
  const service = getService('ms.vss-features.host-navigation-service') as {
    openNewWindow: (url: string, features: string) => void;
  };
  service.openNewWindow('http://127.0.0.1:4801/fabrikam/_workitems/edit/7', '');
  expect(open.mock.calls).toEqual([['/fabrikam/Fabrikam/_workitems/edit/7', '_blank', '']]);
});

test.each([
  ['as configured', 'https://tfs/tfs/DefaultCollection/'],
  ['http', 'http://tfs/tfs/DefaultCollection/'],
] as const)('restAddress %s decides about the scheme of the REST address', (restAddress, expected) => {
  const { getService } = setUp({ restAddress }, 'https://tfs/tfs/DefaultCollection/');
  const service = getService('ms.vss-features.location-service') as Record<string, () => string>;
  expect(service['getResourceAreaLocation']!()).toBe(expected);
  expect(service['getServiceLocation']!()).toBe(expected);
});
