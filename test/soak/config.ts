/** What `npm run soak` is asked for. */
export interface SoakWishes {
  readonly minutes?: string | undefined;
  readonly seed?: string | undefined;
  readonly broken?: boolean | undefined;
  /** Names of broken engines, with commas. */
  readonly only?: string | undefined;
}

/** The environment of a run that does what was asked for. */
export function runEnvironment({ minutes, seed, broken, only }: SoakWishes): NodeJS.ProcessEnv {
  const seconds = minutes === undefined ? undefined : String(Math.round(Number(minutes) * 60));
  return {
    ...process.env,
    ...(seconds === undefined ? {} : { TORTURE_SECONDS: seconds, TORTURE_MOST_SECONDS: seconds }),
    ...(seed === undefined ? {} : { TORTURE_SEED: seed }),
    ...(broken ? { SOAK_BROKEN: only ?? '' } : {}),
  };
}
