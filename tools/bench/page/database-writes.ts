/** Counts write transactions of the browser's databases from now on. */
export function countDatabaseWrites(): { count: () => number } {
  let count = 0;
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (names, mode, options) {
    if (mode === 'readwrite') count++;
    return transaction.call(this, names, mode, options);
  };
  return { count: () => count };
}
