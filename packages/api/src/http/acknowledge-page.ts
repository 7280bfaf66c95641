import { TenantryError } from '@tenantry/contracts'
import { acknowledgeByLink, type CoreContext, type LinkState, lookAtLink } from '@tenantry/core'
import type { FastifyInstance, FastifyReply } from 'fastify'

interface Asked {
  readonly Querystring: { readonly link?: string }
}

/**
 * The page behind the link in a message: without a session, without scripts, readable on a telephone. GET shows and
 * changes nothing, for mail scanners follow every link; the button POSTs. The link itself is what allows it, so there is
 * nothing for another site to forge.
 */
export async function acknowledgePage(app: FastifyInstance, { core }: { core: CoreContext }): Promise<void> {
  // A form without fields: there is nothing to read.
  app.addContentTypeParser('application/x-www-form-urlencoded', (_request, body, done) => {
    body.resume()
    body.once('end', () => done(null, undefined))
  })
  app.get<Asked>('/acknowledge', async ({ query }, reply) =>
    send(reply, query.link ?? '', await lookAtLink(core, query.link ?? '')),
  )
  app.post<Asked>('/acknowledge', async (request, reply) => {
    const link = request.query.link ?? ''
    try {
      await acknowledgeByLink(core, link, { address: request.ip, requestId: request.id })
      return page(reply, 200, 'You have taken it', '<p>Nobody else is called for an hour.</p>')
    } catch (error) {
      if (!(error instanceof TenantryError) || error.code === 'control_database_unavailable') throw error
      if (error.code === 'forbidden') return page(reply, 403, 'Not taken', `<p>${escaped(error.message)}</p>`)
      return send(reply, link, await lookAtLink(core, link))
    }
  })
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function send(reply: FastifyReply, link: string, state: LinkState): FastifyReply {
  if (state.kind === 'closed') {
    const title = state.title ? `<p class="title">${escaped(state.title)}</p>` : ''
    return page(reply, state.title ? 200 : 404, 'Nothing to take', `${title}<p>${escaped(state.why)}</p>`)
  }
  return page(
    reply,
    200,
    'Take this incident?',
    `<p class="title"><strong>${escaped(state.severity)}</strong> ${escaped(state.title)}</p>
<p>Nobody else is called while you have it, for an hour. It is noted that ${escaped(state.name)} has taken it.</p>
<form method="post" action="/acknowledge?link=${encodeURIComponent(link)}"><button>Acknowledge</button></form>`,
  )
}

function page(reply: FastifyReply, status: number, heading: string, body: string): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escaped(heading)} · Tenantry</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 32rem; margin: 0 auto; padding: 2rem 1.25rem }
h1 { font-size: 1.25rem; margin: 0 0 1rem }
.title { border-left: 3px solid #c9353f; padding-left: .75rem; overflow-wrap: anywhere }
button { width: 100%; min-height: 3rem; font: inherit; font-weight: 600; border: 0; border-radius: .5rem;
  background: #1f5fd0; color: #fff }
a { color: inherit }
</style></head>
<body><main><h1>${escaped(heading)}</h1>${body}<p><a href="/alerts">Open Tenantry</a></p></main></body></html>`)
}
