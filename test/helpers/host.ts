import type { FormEvent, Host, RefreshOutcome, SaveOutcome, UnsavedEdits } from '../../src/azure/host/host';
import type { FormFields } from '../../src/azure/host/form-fields';
import type { Person } from '../../src/azure/work-item';
import { UNKNOWN_PERSON } from '../../src/azure/work-item';
import { HostError } from '../../src/base/errors';

/** A host with immediate success. A test can replace its responses and inspect the calls. */
export type TestHost = ReturnType<typeof createTestHost>;

/** Creates the host. Its form has no edits, and no setting is stored. */
export function createTestHost() {
  return {
    connect: jest.fn<Promise<void>, [(event: FormEvent) => void]>(() => Promise.resolve()),
    loadSucceeded: jest.fn<undefined, []>(),
    getToken: jest.fn(() => Promise.resolve('token')),
    getBaseUrl: jest.fn(() => Promise.resolve('https://dev.azure.com/fabrikam/')),
    getPerson: jest.fn<Person, []>(() => UNKNOWN_PERSON),
    getOrganization: jest.fn<string, []>(() => ''),
    getAttachmentLimit: jest.fn(() => 100),
    getFileLimit: jest.fn(() => Infinity),
    getCulture: jest.fn<string | undefined, []>(() => undefined),
    refreshForm: jest.fn<Promise<RefreshOutcome>, [number]>(() => Promise.resolve('refreshed')),
    getUnsavedEdits: jest.fn<Promise<UnsavedEdits>, [number]>(() => Promise.resolve('none')),
    saveForm: jest.fn<Promise<SaveOutcome>, [number]>(() => Promise.resolve({ outcome: 'saved' })),
    getFormItemType: jest.fn(() => Promise.resolve('Bug')),
    loadFormFields: jest.fn<Promise<FormFields>, []>(() => Promise.reject(new HostError('No form.'))),
    openWorkItem: jest.fn<undefined, [number]>(),
    openBulkPanel: jest.fn<undefined, [readonly number[]]>(),
    openInNewTab: jest.fn<Promise<void>, [string]>(() => Promise.resolve()),
    reloadPage: jest.fn<undefined, []>(),
    showToast: jest.fn<undefined, [string]>(),
    readSetting: jest.fn<Promise<string | undefined>, [string]>(() => Promise.resolve(undefined)),
    writeSetting: jest.fn<undefined, [string, string]>(),
    resize: jest.fn<undefined, [number]>(),
  } satisfies Host;
}
