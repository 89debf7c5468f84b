// `npm start`: everything on this machine, as separate processes.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LockedError, takeLock } from '#platform/process-lock.ts';
import { absences } from './absences.ts';
import { aborted, bringUp } from './bring-up.ts';
import { isStartedByNpm, readStartSettings, type StartSettings } from './config.ts';
import { checkPorts } from './ports.ts';
import { SERVERS } from './processes.ts';
import { Stopped, stopSignals } from './stop-signals.ts';
// #region monolith
import { implementations } from './welcome.ts';
// #endregion monolith
import { welcome } from './welcome.ts';

/** Milliseconds that the processes of a killed run may need to let go of their ports. */
const LEFTOVER_PATIENCE = 12_000;

/** Milliseconds in which whoever read enough has ended. */
const LAST_LINE_PAUSE = 250;

const root = fileURLToPath(new URL('../..', import.meta.url));
const killers: (() => void)[] = [];
const running = new AsyncDisposableStack();
const stop = stopSignals(isStartedByNpm(), () => {
  say('Ending everything at once');
  for (const kill of killers) kill();
  process.exit(1);
});

try {
  await run();
} catch (error) {
  if (error instanceof Stopped) say('\nEnding: servers first, the database last');
  else {
    process.exitCode = 1;
    say(`\n${explain(error)}`);
  }
} finally {
  await running.disposeAsync();
}
// Timers and sockets of what has ended must not hold the process.
process.exit();

async function run(): Promise<void> {
  const settings = readStartSettings();
  const dataDirectory = resolve(root, settings.DATA_DIRECTORY);
  const lock = await lockData(dataDirectory);
  running.defer(lock.release);
  await checkPorts(settings.HOST, wantedPorts(settings), lock.leftBehind ? LEFTOVER_PATIENCE : 0);
  for (const line of absences(settings)) say(line);
  const site = { root, dataDirectory, settings, say, stop, running, killers };
  const up = await bringUp(site);
  say(welcome(settings, performance.now() / 1000));
  // #region monolith
  say(implementations(settings, up.moves));
  // #endregion monolith
  // On its own, so that we notice where nobody read on (`npm start | head`).
  await sleep(LAST_LINE_PAUSE);
  say('\nCtrl-C ends everything; the data stays.');
  await Promise.race([up.broken, aborted(stop)]);
}

async function lockData(dataDirectory: string) {
  await mkdir(dataDirectory, { recursive: true });
  try {
    return await takeLock(join(dataDirectory, 'start.lock'));
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    throw new Error(
      `npm start runs already, as process ${error.pid}, on the data in ${dataDirectory}. ` +
        'End it first; for a second one beside it, set DATA_DIRECTORY and the variables of the ports.',
      { cause: error },
    );
  }
}

function wantedPorts(settings: StartSettings) {
  return [...SERVERS].reverse().map(({ name, portVariable }) => ({
    name,
    variable: portVariable,
    port: settings[portVariable],
  }));
}

function say(line: string): void {
  console.log(line);
}

/** Errors that carry a code are ours, and say what to do; of any other the stack is needed. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error || error.cause !== undefined ? error.message : String(error.stack);
}
