import type { ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginLandingPageLocalDefault,
  ApolloServerPluginLandingPageProductionDefault,
} from '@apollo/server/plugin/landingPage/default';

export interface LandingPageOptions {
  readonly isProduction: boolean;
  /** The graph and its variant in Apollo Studio; null: none is known. */
  readonly graphRef: string | null;
}

/**
 * What a browser is shown at the address of the graph: to developers Apollo Sandbox; in production how to ask, with a link
 * to Studio where the graph is known there.
 */
export function landingPage({ isProduction, graphRef }: LandingPageOptions): ApolloServerPlugin {
  if (!isProduction) {
    return ApolloServerPluginLandingPageLocalDefault({ embed: true, footer: false });
  }
  return ApolloServerPluginLandingPageProductionDefault({
    footer: false,
    ...(graphRef === null ? {} : { graphRef }),
  });
}
