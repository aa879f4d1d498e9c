test('The runner keeps no store per test, which would slow every promise down', () => {
  const { currentConcurrentTestName: readStore } = expect.getState() as {
    currentConcurrentTestName?: () => unknown;
  };
  expect(readStore?.()).toBeUndefined();
});
