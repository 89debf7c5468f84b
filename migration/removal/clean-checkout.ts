import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** There is no way back to what would be removed. The message says what to do. */
export class CheckoutNotClean extends Error {
  readonly code = 'CHECKOUT_NOT_CLEAN';
}

/** @param root the path of a checkout @throws CheckoutNotClean where git could not bring everything back */
export async function requireClean(root: string): Promise<void> {
  const advice = 'Files are removed, and git is the way back: commit what is there, then try again';
  const status = ['status', '--porcelain'];
  const { stdout } = await promisify(execFile)('git', status, { cwd: root }).catch(
    (error: Error) => {
      throw new CheckoutNotClean(
        `${root} is no checkout of git (${error.message.trim()}). ${advice}`,
      );
    },
  );
  const [first] = stdout.split('\n');
  if (first !== '') {
    throw new CheckoutNotClean(`${root} has changes that are not committed (${first}). ${advice}`);
  }
}
