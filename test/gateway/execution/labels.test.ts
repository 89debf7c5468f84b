import { expect, test } from 'vitest';
import { shop } from '../shop-graph.ts';
import { plannedGraph } from './planned-graph.ts';

const graph = plannedGraph(shop);

test.each([
  '{ me { name logins favourite { name weight } } products { id name shippingCost price { amount } } }',
  '{ media { id title __typename ... on Book { pages } ... on Film { minutes } } reading { title } }',
  '{ a: products { n: name } b: products { n: name t: __typename } __typename }',
  '{ boom secret dice strict }',
  'mutation { rename(id: "p1", name: "x") { name shippingCost } }',
])(
  'an answer and its errors are those of @apollo/gateway, whatever the labels: %s',
  async (query) => {
    for (const labels of [[], ['auth'], ['product'], ['auth', 'product', 'percent(50)']]) {
      const ours = await graph.run(query, { labels });
      const theirs = await graph.reference(query, { labels });
      expect(ours.data).toEqual(theirs.data);
      expect(ours.errors).toEqual(JSON.parse(JSON.stringify(theirs.errors ?? [])));
    }
  },
);
