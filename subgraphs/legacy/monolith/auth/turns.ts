/** Runs tasks of one name one after another, in the order in which they came; other names do not wait. */
export type InTurn = <Result>(name: string, task: () => Promise<Result>) => Promise<Result>;

/** Turns within this process. */
export function turns(): InTurn {
  const last = new Map<string, Promise<void>>();
  return async (name, task) => {
    const before = last.get(name);
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    last.set(name, ended);
    await before;
    try {
      return await task();
    } finally {
      end();
      if (last.get(name) === ended) last.delete(name);
    }
  };
}
