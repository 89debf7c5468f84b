/** The reviews that this process is writing, so that one which is cancelled can be told to stop. */
export interface UnderWay {
  begin(id: string): AbortController;
  end(id: string, run: AbortController): void;
  /** Stops what this process does for a review; another one stops by itself when it notes its next step. */
  stop(id: string): void;
}

export function createUnderWay(): UnderWay {
  const runs = new Map<string, Set<AbortController>>();
  return {
    begin: (id) => {
      const run = new AbortController();
      runs.set(id, (runs.get(id) ?? new Set()).add(run));
      return run;
    },
    end: (id, run) => {
      runs.get(id)?.delete(run);
      if (runs.get(id)?.size === 0) runs.delete(id);
    },
    stop: (id) => {
      for (const run of runs.get(id) ?? []) run.abort();
    },
  };
}
