"""An SMTP server that keeps what it takes: PORT STORE [tls CERTIFICATE KEY].

Signs in ada with the password “correct”, refuses recipients that begin with “nobody”, and messages that say “spam”.
"""

import json
import os
import ssl
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

port, store, mode, certificate, key = sys.argv[1:]


class Keeper:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 there is nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        content = envelope.content.decode()
        if "spam" in content:
            return "554 we want no spam"
        Keeper.count += 1
        kept = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "content": content, "tls": session.ssl is not None}
        with open(os.path.join(store, f"{Keeper.count}.json"), "w") as file:
            json.dump(kept, file)
        return "250 kept"


def sign_in(server, session, envelope, mechanism, data):
    accepted = isinstance(data, LoginPassword) and (data.login, data.password) == (b"ada", b"correct")
    return AuthResult(success=accepted, handled=False)


context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(certificate, key)
options = {"authenticator": sign_in, "data_size_limit": 60_000_000}
if mode == "starttls":
    options.update(tls_context=context, require_starttls=False)
else:
    options.update(ssl_context=context, auth_require_tls=False)
controller = Controller(Keeper(), hostname="127.0.0.1", port=int(port), **options)
controller.start()
while True:
    time.sleep(3600)
