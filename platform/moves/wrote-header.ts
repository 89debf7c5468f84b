/**
 * The header by which a service that answers REST clients tells the gateway which move it may have written for, such as
 * `order`: the gateway passes the answer on when later queries see that, whichever side answers them.
 */
export const WROTE_HEADER = 'x-wrote';
