import net from 'node:net'
import { headline, type NotificationMessage } from '@tenantry/contracts'
import { createTransport } from 'nodemailer'
import { type ChannelClient, ChannelFault } from './channel-client.ts'
import { linesOf, linksOf, plainText } from './message-text.ts'
import { networkFault } from './open-post.ts'

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function html(message: NotificationMessage): string {
  const row = ({ label, value }: { label: string; value: string }) =>
    `<tr><td style="padding:2px 16px 2px 0;color:#667">${escaped(label)}</td><td>${escaped(value)}</td></tr>`
  const link = ({ label, url }: { label: string; url: string }) =>
    `<a href="${escaped(url)}" style="margin-right:16px">${escaped(label)}</a>`
  const { tenants, more, command } = message
  const names = [...tenants.map(escaped), ...(more ? [`and ${more} more`] : [])].join('<br>')
  return `<!doctype html><html lang="en"><body style="font:14px/1.5 sans-serif">
<h1 style="font-size:16px">${escaped(headline(message))}</h1>
<table style="border-collapse:collapse">${linesOf(message).map(row).join('')}</table>
${names ? `<p>${names}</p>` : ''}
<p>${linksOf(message).map(link).join('')}</p>
${command ? `<pre style="white-space:pre-wrap">${escaped(command)}</pre>` : ''}
</body></html>`
}

/**
 * SMTP. All messages of an incident are one conversation: the first one's Message-ID is made of the incident and its
 * reader, the later ones refer to it; a message sent twice has the same id both times.
 */
export const sendEmail: ChannelClient<'email'> = async (parcel, { config, secret, guard, signal }) => {
  const { message, notificationId, incidentId, epoch, to } = parcel
  const { host, port, security, username, from } = config
  const recipients = to ? [{ name: to.name, address: to.email }] : config.to
  if (!recipients.length) {
    throw new ChannelFault('Nobody is to get it: the channel names no address', { retry: 'never' })
  }
  const domain = from.split('@')[1] ?? 'tenantry'
  const root = `<${incidentId ?? notificationId}.${to ? to.email.replace(/[^a-z0-9]/gi, '-') : 'all'}@${domain}>`
  const isFirst = !incidentId || (message.event === 'fired' && !parcel.thread.messageId)
  const messageId = isFirst ? root : `<${notificationId}.${epoch}@${domain}>`
  try {
    guard.check(host)
    const connection = await connect(host, port, guard.lookup, signal)
    const transport = createTransport({
      host,
      port,
      connection,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(username ? { auth: { user: username, pass: secret } } : {}),
      greetingTimeout: 10_000,
      socketTimeout: 15_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    const cancel = () => connection.destroy(new Error('It did not answer in time'))
    signal.addEventListener('abort', cancel, { once: true })
    try {
      const sent = await transport.sendMail({
        from: { name: 'Tenantry', address: from },
        to: recipients,
        subject: headline(message),
        text: plainText(message),
        html: html(message),
        messageId,
        ...(isFirst ? {} : { inReplyTo: root, references: [root] }),
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Tenantry-Fingerprint': incidentId ?? notificationId,
          'X-Tenantry-Event': message.event,
        },
      })
      const status = Number(sent.response.slice(0, 3)) || 250
      return { status, answer: sent.response, thread: { messageId: root } }
    } finally {
      signal.removeEventListener('abort', cancel)
      transport.close()
      connection.destroy()
    }
  } catch (error) {
    throw error instanceof ChannelFault ? error : smtpFault(error)
  }
}

function connect(host: string, port: number, lookup: net.LookupFunction, signal: AbortSignal) {
  return new Promise<net.Socket>((resolve, reject) => {
    const socket = net.connect({ host, port, lookup, signal })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

/** 4xx passes, 5xx does not (RFC 5321, 4.2.1); neither does a password that is refused. */
function smtpFault(error: unknown): ChannelFault {
  const { responseCode, response, message, code } = error as {
    responseCode?: number
    response?: string
    message?: string
    code?: string
  }
  if (responseCode) {
    return new ChannelFault(`The mail server answered ${responseCode}`, {
      retry: responseCode >= 500 ? 'never' : 'later',
      status: responseCode,
      answer: response ?? '',
      cause: error,
    })
  }
  if (code === 'ETLS') {
    return new ChannelFault(`No encrypted connection: ${message}`, { retry: 'later', cause: error })
  }
  return networkFault(error)
}
