import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { basicEnvironment } from '../../setup/basic-environment.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../..');

/** What a command has printed, and its exit code. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** A copy of the repository, in which a test may delete what it likes. */
export interface Checkout {
  readonly root: string;
  path(file: string): string;
  /** Runs a command there, with nothing of this process's environment but what is named. */
  run(command: readonly string[], variables?: Record<string, string>): Promise<Ended>;
  /** The same. @throws where it does not end with 0 @returns what it has printed */
  done(command: readonly string[], variables?: Record<string, string>): Promise<string>;
  remove(): Promise<void>;
}

/** Copies what git knows of the repository, and what it would take in; the packages are those of this one. */
export async function copyRepository(): Promise<Checkout> {
  const root = await mkdtemp(join(tmpdir(), 'the-end-'));
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const { stdout } = await run('git', list, { cwd: ROOT, maxBuffer: 1e8 });
  const files = [...new Set(stdout.split('\0'))].filter((file) => file !== '');
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    await mkdir(join(root, folder), { recursive: true });
  }
  for (const file of files) {
    // What was deleted and not committed yet is known to git all the same.
    if (await isThere(join(ROOT, file))) await cp(join(ROOT, file), join(root, file));
  }
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  await commitAll(root);
  const runIt: Checkout['run'] = async ([program = '', ...words], variables = {}) => {
    const PATH = `${join(root, 'node_modules/.bin')}:${process.env.PATH}`;
    const env = { ...basicEnvironment(), PATH, ...COMMITTER, ...variables };
    const options = { cwd: root, env, maxBuffer: 1e8 };
    try {
      const { stdout: out, stderr } = await run(program, words, options);
      return { code: 0, output: out + stderr };
    } catch (error) {
      const {
        code,
        stdout: out,
        stderr,
      } = error as { code: number; stdout: string; stderr: string };
      return { code, output: out + stderr };
    }
  };
  return {
    root,
    path: (file) => join(root, file),
    run: runIt,
    done: async (command, variables) => {
      const { code, output } = await runIt(command, variables);
      if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${output}`);
      return output;
    },
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

const COMMITTER = {
  GIT_AUTHOR_NAME: 'tests',
  GIT_AUTHOR_EMAIL: 'tests@example.com',
  GIT_COMMITTER_NAME: 'tests',
  GIT_COMMITTER_EMAIL: 'tests@example.com',
};

/** A checkout of its own: whatever is removed from it, git there would bring back. */
async function commitAll(root: string): Promise<void> {
  const options = { cwd: root, env: { ...process.env, ...COMMITTER } };
  await run('git', ['init', '--quiet'], options);
  await run('git', ['add', '--all'], options);
  await run('git', ['commit', '--quiet', '--message', 'a copy'], options);
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
