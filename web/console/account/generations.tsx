import type { Generation } from '@lotkeeper/client'
import { useCallback } from 'react'
import { humanize } from '../../shared/format.ts'
import { useLocale } from '../../shared/locale.ts'
import { Fact, Moment } from '../../shared/parts.tsx'
import { compensate } from '../acts/credits/compensate.ts'
import { useDesk } from '../acts/desk.ts'
import { ActButton } from '../acts/host.tsx'
import { useCalls } from '../api/calls.ts'
import { useLoaded, usePages } from '../api/loaded.ts'
import { useMay } from '../api/session.ts'
import { Detail } from '../parts/events.tsx'
import { Opened } from '../parts/opened.tsx'
import { Empty, More, Ready } from '../parts/states.tsx'
import { WorkflowLink } from '../parts/workflow-link.tsx'
import { texts } from '../texts/index.ts'
import type { ViewProps } from './view.ts'

const t = texts.account

/** The generations of an account, newest first. One that the address names stands before them, however old it is. */
export function Generations({ account: { account }, opened, version, reload }: ViewProps) {
  const calls = useCalls()
  // biome-ignore lint/correctness/useExhaustiveDependencies: an act changes what is loaded
  const load = useCallback(
    (cursor?: string) =>
      calls.get('/v1/accounts/{account}/generations', { params: { path: { account }, query: { limit: 30, cursor } } }),
    [calls, account, version],
  )
  const generations = usePages(load)
  const isListed = generations.value?.some(({ id }) => id === opened)
  return (
    <>
      {opened !== null && isListed === false && <Named id={opened} reload={reload} />}
      <Ready of={generations}>
        {list =>
          list.length === 0 ? (
            <Empty>{t.generations_none}</Empty>
          ) : (
            <ul className="history">
              {list.map(generation => (
                <GenerationItem
                  key={generation.id}
                  generation={generation}
                  open={generation.id === opened}
                  reload={reload}
                />
              ))}
            </ul>
          )
        }
      </Ready>
      <More of={generations} />
    </>
  )
}

/** A generation that is not in the first pages of the list. */
function Named({ id, reload }: { id: string; reload: () => void }) {
  const calls = useCalls()
  const found = useLoaded(
    useCallback(() => calls.get('/v1/generations/{id}', { params: { path: { id } } }), [calls, id]),
  )
  return (
    <Ready of={found}>
      {generation => (
        <ul className="history">
          <GenerationItem generation={generation} open reload={reload} />
        </ul>
      )}
    </Ready>
  )
}

type ItemProps = { generation: Generation; open: boolean; reload: () => void }

function GenerationItem({ generation, open, reload }: ItemProps) {
  const { f } = useLocale()
  const { operation, outputs, state, reserved_at, spent, held } = generation
  const summary = (
    <>
      <span className="what">
        <strong>
          {humanize(operation)} × {f.number(outputs)}
        </strong>
        <span className={`tag ${state}`}>{humanize(state)}</span>
      </span>
      <Moment at={reserved_at} />
      <span className="cost">{f.number(spent + held)}</span>
    </>
  )
  return (
    <li>
      <Opened open={open} summary={summary}>
        <GenerationFacts generation={generation} />
        <Compensation generation={generation} reload={reload} />
      </Opened>
    </li>
  )
}

function GenerationFacts({ generation }: { generation: Generation }) {
  const { f, t: shared } = useLocale()
  const { id, cost, held, spent, refunded, draws, settled_at, deadline, refusal, metadata, correction_of } = generation
  return (
    <dl className="facts">
      <Fact name={texts.inbox.subjects.generation ?? ''}>
        {id}
        <WorkflowLink kind="generation" id={id} />
      </Fact>
      <Fact name={t.cost}>{f.number(cost)}</Fact>
      {held > 0 && <Fact name={t.held}>{f.number(held)}</Fact>}
      <Fact name={t.spent}>{f.number(spent)}</Fact>
      <Fact name={t.refunded}>{f.number(refunded)}</Fact>
      <Fact name={settled_at ? t.settled_at : t.deadline}>{f.moment(settled_at ?? deadline)}</Fact>
      {refusal && <Fact name={t.refusal}>{humanize(refusal.code)}</Fact>}
      {correction_of && <Fact name={t.correction_of}>{correction_of}</Fact>}
      {draws.length > 0 && (
        <Fact name={t.drawn_from}>
          {draws.map(({ lot, source, amount }) => (
            <span key={lot} className="block">
              {f.number(amount)} {shared.sources[source] ?? humanize(source)}
            </span>
          ))}
        </Fact>
      )}
      {metadata && (
        <Fact name={t.metadata}>
          <Detail detail={metadata} />
        </Fact>
      )}
    </dl>
  )
}

/** Credits that were spent on it can be given back. */
function Compensation({ generation, reload }: { generation: Generation; reload: () => void }) {
  const desk = useDesk()
  const { account, id, spent } = generation
  if (!useMay('support') || spent === 0) return null
  return (
    <div className="actions">
      <ActButton act={compensate(desk, account, { id, spent })} onDone={reload} />
    </div>
  )
}
