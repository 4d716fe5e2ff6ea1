"""A mail server for tests: prints its port, then one line of JSON for each mail.

The recipient's name says how it behaves: `gone…` is refused for good, `policy…` because of
us, `full…` has no room, `later…` is put off twice, and with `slow…` the server takes the mail
the first time and says so only when nobody waits any more.
"""

import asyncio
import email
import email.policy
import json
import ssl
import sys

import trustme
from aiosmtpd.smtp import SMTP, AuthResult

PUT_OFF: dict[str, int] = {}
SEEN: set[str] = set()


def say(what: object) -> None:
    print(json.dumps(what), flush=True)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name.startswith("gone"):
            return f"550 5.1.1 <{address}>: there is no such mailbox"
        if name.startswith("policy"):
            return f"554 5.7.1 <{address}>: we do not like you"
        if name.startswith("full"):
            return f"552 5.2.2 <{address}>: the mailbox is full"
        if name.startswith("later") and PUT_OFF.setdefault(address, 0) < 2:
            PUT_OFF[address] += 1
            say({"put_off": address})
            return f"451 4.7.1 <{address}>: try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {
            part.get_content_type(): part.get_content()
            for part in message.walk()
            if part.get_content_maintype() == "text"
        }
        say(
            {
                "from": envelope.mail_from,
                "to": envelope.rcpt_tos,
                "encrypted": server.transport.get_extra_info("ssl_object") is not None,
                "user": session.auth_data.login.decode() if session.auth_data else None,
                "headers": {name.lower(): str(value) for name, value in message.items()},
                "type": message.get_content_type(),
                "text": parts.get("text/plain", ""),
                "html": parts.get("text/html", ""),
                "defects": [str(defect) for part in message.walk() for defect in part.defects],
            }
        )
        identity = message["Message-ID"]
        if envelope.rcpt_tos[0].startswith("slow") and identity not in SEEN:
            SEEN.add(identity)
            await asyncio.sleep(60)
        return "250 2.0.0 OK"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == b"tintype" and data.password == b"p\xc3\xa4ss word"
    return AuthResult(success=right, auth_data=data if right else None)


async def main(encryption: str, authority_file: str) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(authority_file)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    settings = {"enable_SMTPUTF8": True, "hostname": "mail.test"}
    if encryption != "none":
        settings |= {"authenticator": authenticate, "auth_required": True}
    if encryption == "starttls":
        settings |= {"tls_context": context, "require_starttls": True}
    if encryption == "tls":
        settings |= {"auth_require_tls": False}
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(Handler(), **settings),
        "127.0.0.1",
        0,
        ssl=context if encryption == "tls" else None,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main(*sys.argv[1:]))
