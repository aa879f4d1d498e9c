import type { Identity } from './work-item';

/** The project of the emulator; people and names are Microsoft's fictional Fabrikam. */
export const project = { id: '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c', name: 'Fabrikam' };

/** Another project of the organization. The user can read its attachments; nothing else of it is emulated. */
export const otherProject = { id: 'a0c7e5d2-6a51-4c6f-9f1d-2b8e4d7c9e10', name: 'Fabrikam Mobile' };

/** The organization, called a collection on Server. */
export const organization = {
  id: 'd81542e4-cdfa-4333-b082-1ae2d6c3ad16',
  services: 'fabrikam',
  server: 'DefaultCollection',
};

/** Who is signed in. */
export const jamal: Identity = {
  id: 'd291b0c4-a05c-4ea6-8df1-4b41d5f39eff',
  displayName: 'Jamal Hartnett',
  uniqueName: 'fabrikamfiber4@hotmail.com',
  descriptor: 'aad.YTkzODFkODYtNTYxYS03ZDdiLWJjM2QtZDUzMjllMjM5OTAz',
};

/** A colleague. */
export const johnnie: Identity = {
  id: '8c8c7d32-6b1b-47f4-b2e9-30b477b5ab3d',
  displayName: 'Johnnie McLeod',
  uniqueName: 'fabrikamfiber2@hotmail.com',
  descriptor: 'aad.ZjgzYjZmNGUtNmQyOC03YzA0LWI5ZTktOGI0YzAxODA2MTJl',
};

/** Everybody there is. */
export const people: readonly Identity[] = [jamal, johnnie];
