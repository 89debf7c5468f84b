import { expect } from 'vitest';
import { reviewAll, schemaOf, wrongStock } from './checks.ts';
import { createFindings } from './findings.ts';
import { startLoad } from './load.ts';
import { startSite } from './site.ts';
import { BACK, THERE, walkOf } from './walk.ts';

/** The real processes under the load of clients of both APIs, and a person who walks every move there and back. */
export interface Way {
  /** One move after the other. */
  oneByOne(): Promise<void>;
  /** All of them at the same time. */
  allAtOnce(): Promise<void>;
  /** Ends the load, and asks for everything that clients were told. */
  review(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it, with every move at `legacy`. Each of its walks throws where a client has noticed anything. */
export async function openWay(): Promise<Way> {
  const findings = createFindings();
  const site = await startSite();
  const walk = walkOf(site, findings);
  for (const move of BACK) await walk.back(move);
  const schema = await schemaOf(site);
  findings.place = 'before the walk';
  const load = await startLoad(site, findings);
  return {
    async oneByOne() {
      for (const move of THERE) {
        await walk.toShadow(move);
        await walk.toCanary(move);
        await walk.toSoak(move);
      }
      for (const move of THERE) await walk.verify(move);
      expect(await schemaOf(site)).toEqual(schema);
      expect(await wrongStock(site, 'new')).toEqual([]);
      for (const move of BACK) await walk.back(move);
      expect(findings.faults).toEqual([]);
    },
    async allAtOnce() {
      for (const move of THERE) await walk.toShadow(move);
      await Promise.all(BACK.map((move) => walk.toCanary(move)));
      expect(await schemaOf(site)).toEqual(schema);
      await Promise.all(BACK.map((move) => walk.toSoak(move)));
      for (const move of THERE) await walk.verify(move);
      expect(await wrongStock(site, 'new')).toEqual([]);
      await Promise.all(THERE.map((move) => walk.backToShadow(move)));
      for (const move of BACK) await walk.back(move);
      expect(findings.faults).toEqual([]);
    },
    async review() {
      findings.place = 'after the walk';
      await load.stop();
      await reviewAll(load, findings);
      expect(findings.faults).toEqual([]);
      expect(await wrongStock(site, 'legacy')).toEqual([]);
      expect(await schemaOf(site)).toEqual(schema);
    },
    async close() {
      await load.stop();
      await site.close();
      console.log(JSON.stringify({ ...findings.counts, durations: findings.durations() }));
    },
  };
}
