/** The answer if it comes in time; rejects otherwise. An extension may never answer. */
export function withinTime<Answer>(answer: Promise<Answer>, limitMs: number, what: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = window.setTimeout(
      () => reject(new Error(`The extension did not give ${what} within ${limitMs / 1000} seconds.`)),
      limitMs,
    );
    answer.then(resolve, reject).finally(() => window.clearTimeout(timer));
  });
}
