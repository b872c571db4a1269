import path from 'node:path'
import { defineConfig } from 'vite'

const here = import.meta.dirname

/** Inlines nothing: the content security policy allows no inline script or style. */
export default defineConfig({
  root: here,
  base: '/portal/',
  cacheDir: path.join(here, '../node_modules/.vite'),
  logLevel: 'warn',
  // Build React for production, in test runs too.
  define: { [['process', 'env', 'NODE_ENV'].join('.')]: '"production"' },
  oxc: { jsx: { runtime: 'automatic', development: false } },
  build: {
    outDir: path.join(here, 'dist'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // 'use client' of a package is for servers that render React. How long plug-ins take depends on the machine.
      onwarn: (warning, warn) =>
        ['MODULE_LEVEL_DIRECTIVE', 'PLUGIN_TIMINGS'].includes(warning.code ?? '') || warn(warning),
      input: {
        page: path.join(here, 'index.html'),
        badge: path.join(here, 'badge.html'),
        console: path.join(here, 'console.html'),
      },
    },
  },
})
