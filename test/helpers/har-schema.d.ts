/** JSON schemas of the parts of a HAR. */
declare module 'har-schema' {
  const schemas: Readonly<Record<string, { readonly $id: string }>>;
  export = schemas;
}
