import type { FormEvent, Host, RefreshOutcome, SaveOutcome, UnsavedEdits } from '../../src/azure/host/host';
import type { Person } from '../../src/azure/person';
import { UNKNOWN_PERSON } from '../../src/azure/person';

/** A host that agrees with everything at once. A test gives it other answers, and sees what it was asked. */
export type TestHost = ReturnType<typeof createTestHost>;

/** Such a host; the form that it shows has no edits, and no setting was ever kept. */
export function createTestHost() {
  return {
    connect: jest.fn<Promise<void>, [(event: FormEvent) => void]>(() => Promise.resolve()),
    loadSucceeded: jest.fn<undefined, []>(),
    getToken: jest.fn(() => Promise.resolve('token')),
    getBaseUrl: jest.fn(() => Promise.resolve('https://dev.azure.com/fabrikam/')),
    getPerson: jest.fn<Person, []>(() => UNKNOWN_PERSON),
    getOrganization: jest.fn<string, []>(() => ''),
    getCulture: jest.fn<string | undefined, []>(() => undefined),
    refreshForm: jest.fn<Promise<RefreshOutcome>, [number]>(() => Promise.resolve('refreshed')),
    getUnsavedEdits: jest.fn<Promise<UnsavedEdits>, [number]>(() => Promise.resolve('none')),
    saveForm: jest.fn<Promise<SaveOutcome>, [number]>(() => Promise.resolve({ outcome: 'saved' })),
    getFormItemType: jest.fn(() => Promise.resolve('Bug')),
    openWorkItem: jest.fn<undefined, [number]>(),
    openBulkPanel: jest.fn<undefined, [readonly number[]]>(),
    openInNewTab: jest.fn<Promise<void>, [string]>(() => Promise.resolve()),
    showToast: jest.fn<undefined, [string]>(),
    readSetting: jest.fn<Promise<string | undefined>, [string]>(() => Promise.resolve(undefined)),
    writeSetting: jest.fn<undefined, [string, string]>(),
    resize: jest.fn<undefined, [number]>(),
  } satisfies Host;
}
