/** @jest-environment jsdom */
import type { EmulatorConfig } from '../../src/contract';
import { Layout } from '../../src/host/page/extensions/layout';
import { createLayoutService } from '../../src/host/page/sdk/layout-service';
import { FrameClosed } from '../../src/host/page/sdk/xdm';

const contributions = [{ id: 'panel', type: 'ms.vss-web.external-content', targets: [], properties: {} }];
const config = {
  extension: { publisherId: 'fabrikam', extensionId: 'probe', version: '1.2.3', contributions },
} as unknown as EmulatorConfig;

let complain: jest.SpyInstance;
let warn: jest.SpyInstance;
beforeEach(() => {
  complain = jest.spyOn(console, 'error').mockImplementation();
  warn = jest.spyOn(console, 'warn').mockImplementation();
});
afterEach(() => {
  complain.mockRestore();
  warn.mockRestore();
});

function setUp({ isInvisible = false } = {}) {
  const layout = new Layout(config);
  return { layout, service: createLayoutService(layout, () => isInvisible) };
}

test('a panel without options has medium size and light dismiss', () => {
  const { layout, service } = setUp();
  service.openPanel('fabrikam.probe.panel');
  expect(layout.state.overlays).toMatchObject([{ kind: 'panel', size: 'medium', isLightDismissed: true }]);
});

test.each([
  [0, 'small'],
  [1, 'medium'],
  [2, 'large'],
  [3, 'medium'],
])('the panel size %d is %s', (size, name) => {
  const { layout, service } = setUp();
  service.openPanel('fabrikam.probe.panel', { size, lightDismiss: false });
  expect(layout.state.overlays).toMatchObject([{ size: name, isLightDismissed: false }]);
});

test.each([
  [undefined, undefined],
  [{}, undefined],
  [{ minWidth: 400 }, undefined],
  [{ userResizable: true }, { minWidth: 340, maxWidth: Infinity }],
  [
    { userResizable: true, minWidth: 400, maxWidth: 800 },
    { minWidth: 400, maxWidth: 800 },
  ],
])('a panel with the resize options %j can be dragged within %j', (resizeOptions, resize) => {
  const { layout, service } = setUp();
  service.openPanel('fabrikam.probe.panel', resizeOptions && { resizeOptions });
  const [panel] = layout.state.overlays;
  expect(panel).toMatchObject({ resize });
});

test.each(['panel', 'fabrikam.probe.nothing', 'other.probe.panel'])(
  'opening %s does nothing but report an error',
  (id) => {
    const { layout, service } = setUp();
    service.openPanel(id);
    service.openCustomDialog(id);
    expect(layout.state.overlays).toEqual([]);
    expect(complain).toHaveBeenCalledTimes(2);
  },
);

test('an invisible panel, dialog or message is answered and not shown', () => {
  const { layout, service } = setUp({ isInvisible: true });
  service.openPanel('fabrikam.probe.panel');
  service.openCustomDialog('fabrikam.probe.panel');
  service.openMessageDialog('Text');
  expect(layout.state.overlays).toEqual([]);
  expect(complain).not.toHaveBeenCalled();
});

test('onClose is called once, with or without a result', () => {
  const { layout, service } = setUp();
  const onClose = jest.fn();
  for (const result of [{ seen: 1 }, undefined, false]) {
    service.openCustomDialog('fabrikam.probe.panel', { onClose });
    const { id } = layout.state.overlays.at(-1)!;
    layout.close(id, result);
    layout.close(id, 'too late');
  }
  expect(onClose.mock.calls).toEqual([[{ seen: 1 }], [], [false]]);
  expect(layout.state.overlays).toEqual([]);
});

test('a failing onClose is reported, except for a closed opener', async () => {
  const { layout, service } = setUp();
  for (const error of [new Error('No.'), new FrameClosed()]) {
    service.openMessageDialog('Text', { onClose: () => Promise.reject(error) });
    layout.close(layout.state.overlays.at(-1)!.id, true);
  }
  await Promise.resolve();
  await Promise.resolve();
  expect(warn.mock.calls).toEqual([['The opener failed in onClose.', new Error('No.')]]);
});

test('a message has one button, or two with showCancel', () => {
  const { layout, service } = setUp();
  service.openMessageDialog('One');
  service.openMessageDialog('Two', { showCancel: true, okText: 'Yes' });
  expect(layout.state.overlays).toMatchObject([
    { text: 'One', okText: 'OK', cancelText: undefined },
    { text: 'Two', okText: 'Yes', cancelText: 'Cancel' },
  ]);
});

test('full screen has the last value', () => {
  const { service } = setUp();
  expect(service.getFullScreenMode()).toBe(false);
  service.setFullScreenMode(true);
  expect(service.getFullScreenMode()).toBe(true);
});
