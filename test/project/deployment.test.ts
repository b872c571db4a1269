import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { root } from '../support/root.ts'
import { environment } from '../support/run/servers.ts'

// Without a Docker engine, the files are compared with the project instead of being run. The compose plugin of Docker's
// client checks the syntax where it is installed.

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const compose = parse(read('docker-compose.yml'), { merge: true })
const services = Object.entries<any>(compose.services)
const own = services.filter(([, { build }]) => build)

it('runs API, worker and migration from one image, each an existing program', () => {
  expect(own.map(([name]) => name)).toEqual(['migrate', 'worker', 'api'])
  const commands = own.map(
    ([, { command }]) => command ?? JSON.parse(/^CMD (.*)$/m.exec(read('Dockerfile'))?.[1] ?? ''),
  )
  for (const command of commands) {
    const compiledFrom = command.at(-1).replace(/\.js$/, '.ts')
    expect([command.at(-1), existsSync(path.join(root, compiledFrom))]).toEqual([command.at(-1), true])
  }
})

it('sets only variables that platform/config.ts knows, and every secret as a file', () => {
  const known = read('platform/config.ts')
  for (const [, { environment }] of own)
    for (const name of Object.keys(environment)) {
      const variable = name.replace(/_FILE$/, '')
      expect(known).toMatch(new RegExp(`\\b${variable}\\b`))
      if (/SECRET|TOKEN|KEY|DATABASE_URL|SMTP_URL/.test(variable)) expect(name).toMatch(/_FILE$/)
    }
})

it.each(services)('%s names existing secrets, volumes and services', (_name, service) => {
  const secrets: string[] = service.secrets ?? []
  for (const secret of secrets) expect(compose.secrets).toHaveProperty(secret)
  for (const used of JSON.stringify(service).matchAll(/\/run\/secrets\/(\w+)/g)) expect(secrets).toContain(used[1])
  for (const other of Object.keys(service.depends_on ?? {})) expect(compose.services).toHaveProperty(other)
  for (const volume of service.volumes ?? []) {
    const [source] = volume.split(':')
    if (source.startsWith('./')) expect(statSync(path.join(root, source)).isDirectory()).toBe(true)
    else expect(compose.volumes).toHaveProperty(source)
  }
})

it('waits for healthy services, which have health checks', () => {
  for (const [, service] of services)
    for (const [other, { condition }] of Object.entries<any>(service.depends_on ?? {})) {
      if (condition === 'service_healthy') expect(compose.services[other].healthcheck.test.length).toBeGreaterThan(0)
      else {
        expect(condition).toBe('service_completed_successfully')
        expect(['migrate', 'temporal-schema', 'temporal-namespace']).toContain(other)
      }
    }
})

it('the worker has a health check, a metrics address and a build id', () => {
  const { healthcheck, environment } = compose.services.worker
  expect(existsSync(path.join(root, healthcheck.test.at(-1).replace(/\.js$/, '.ts')))).toBe(true)
  expect(Object.keys(environment)).toEqual(expect.arrayContaining(['WORKER_METRICS_ADDRESS', 'WORKER_BUILD_ID']))
})

it('Temporal reads existing scripts and settings, and its images have one version', () => {
  const folders = ['/scripts/', '/etc/temporal/settings/']
  const temporal = services.filter(([name]) => name.startsWith('temporal')).map(([, service]) => service)
  const named = temporal.flatMap(({ entrypoint = [], environment = {} }) => [
    ...entrypoint,
    ...Object.values(environment),
  ])
  const files = named.map(String).filter(value => folders.some(folder => value.startsWith(folder)))
  expect(files).toHaveLength(3)
  for (const file of files) expect(existsSync(path.join(root, 'docker', path.basename(file)))).toBe(true)
  expect(Object.keys(parse(read('docker/temporal-settings.yaml')))).toContain('matching.enableFairness')
  const versions = temporal.map(({ image }) => image).filter(image => !image.includes('/ui:'))
  expect(new Set(versions.map(image => image.split(':')[1])).size).toBe(1)
})

it('the connections of all processes stay below max_connections', () => {
  const defaultOf = (setting: string) => Number(/:-(\d+)\}/.exec(setting)?.[1])
  const processes = [...read('docker-compose.yml').matchAll(/--scale \w+=(\d+)/g)].map(([, count]) => Number(count))
  expect(processes).toEqual([2, 3])
  // A worker has two more connections for audits.
  const perProcess = defaultOf(compose.services.worker.environment.DATABASE_POOL) + 2
  const { SQL_MAX_CONNS, SQL_VIS_MAX_CONNS } = compose.services.temporal.environment
  const temporal = 4 * (SQL_MAX_CONNS + SQL_VIS_MAX_CONNS)
  const all = processes.reduce((sum, count) => sum + count * perProcess, temporal)
  // Twice the processes while an upgrade replaces them, and ten for people.
  expect(2 * (all - temporal) + temporal + 10).toBeLessThanOrEqual(defaultOf(compose.services.postgres.command.at(-1)))
})

const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0
if (!hasCompose) console.warn('Skipped: docker compose is not installed. Its config command needs no engine.')
const itWithCompose = hasCompose ? it : it.skip
itWithCompose('docker compose accepts the file', () => {
  const variables = { PUBLIC_URL: 'https://credits.example.com', MAIL_FROM: 'credits@example.com' }
  const run = spawnSync('docker', ['compose', 'config', '--quiet'], {
    cwd: root,
    env: environment(variables),
    encoding: 'utf8',
  })
  expect([run.status, run.stderr]).toEqual([0, ''])
})

it('the image copies existing files, holds the compiled code, and does not run as root', () => {
  const dockerfile = read('Dockerfile')
  expect(dockerfile).toMatch(/^FROM node:24/m)
  const copies = [...dockerfile.matchAll(/^COPY (?!--from)(.*)$/gm)].flatMap(([, line = '']) =>
    line.split(' ').slice(0, -1),
  )
  for (const file of copies) expect(existsSync(path.join(root, file))).toBe(true)
  const programs = [...dockerfile.matchAll(/node --import tsx (\S+)/g)].map(([, program]) => program as string)
  expect(programs).toEqual(['scripts/build-web.ts', 'scripts/compile.ts'])
  expect(dockerfile.indexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('COPY'))
  expect(dockerfile).toContain('COPY --from=build /lotkeeper/compiled .')
})

it('neither secrets nor local builds get into the image', () => {
  const ignored = read('.dockerignore').split('\n')
  expect(ignored).toEqual(expect.arrayContaining(['secrets', '.lotkeeper', 'node_modules', 'web/dist', '.git']))
})
