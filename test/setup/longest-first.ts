import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest, from three minutes to three quarters of one: what is begun last must not keep one worker
 * waiting. Those that fill both cores with processes of their own take turns with those that are one process.
 */
const LONGEST = [
  // #region monolith
  'test/migration/torture/torture.test.ts',
  // #endregion monolith
  'test/gateway/differential/differential.test.ts',
  // #region monolith
  'test/end-to-end/migration-guide.test.ts',
  'test/end-to-end/whole-way.test.ts',
  'test/end-to-end/the-end/removal.test.ts',
  // #endregion monolith
  'test/order/crashes.test.ts',
  // #region monolith
  'test/legacy/parity/parity.test.ts',
  'test/end-to-end/the-end/sealed.test.ts',
  // #endregion monolith
  'test/behaviour/domains.test.ts',
  'test/end-to-end/npm-start.test.ts',
  'test/federation/request-counts.test.ts',
  'test/order/rush.test.ts',
  'test/federation/operations.test.ts',
  'test/schema/commands.test.ts',
  // #region monolith
  'test/migration/flip/crashes.test.ts',
  // #endregion monolith
];

/** The order in which a run begins the files: the longest ones first, then as Vitest has it. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.indexOf(relative(this.ctx.config.root, moduleId));
      return index === -1 ? LONGEST.length : index;
    };
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
