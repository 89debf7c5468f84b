/** The names of the databases that the present test file has cloned. */
export const clones: string[] = [];
