import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { root } from '../support/root.ts'

// Without a Docker engine, the files are compared with the project instead of being run.

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
  for (const { source } of service.configs ?? []) expect(parse(compose.configs[source].content)).toBeTruthy()
  for (const volume of service.volumes ?? []) expect(compose.volumes).toHaveProperty(volume.split(':')[0])
})

it('waits for healthy services, which have health checks', () => {
  for (const [, service] of services)
    for (const [other, { condition }] of Object.entries<any>(service.depends_on ?? {})) {
      if (condition === 'service_healthy') expect(compose.services[other].healthcheck.test.length).toBeGreaterThan(0)
      else expect([other, condition]).toEqual(['migrate', 'service_completed_successfully'])
    }
})

it('the image copies existing files, holds the compiled code, and does not run as root', () => {
  const dockerfile = read('Dockerfile')
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
