/** Node's options for the API, as in the Dockerfile. */
export const API_OPTIONS = ['--max-semi-space-size=4']
