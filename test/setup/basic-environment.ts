/** What each process that a test starts is given of the environment, beside the variables that the test is about. */
export const basicEnvironment = () => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  // Modules that one process has compiled are not compiled again by the hundreds that follow, and are found quickly.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
  NODE_OPTIONS: process.env.NODE_OPTIONS,
});
